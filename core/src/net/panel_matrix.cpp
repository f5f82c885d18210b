#include "ff/panel_matrix.hpp"

#include "kernels.hpp"

namespace ff {

PanelMatrix::PanelMatrix(Eigen::Index rows, Eigen::Index columns)
    : rows_(rows), columns_(columns), width_(kernels::chosen().columns) {
  values_.resize(static_cast<std::size_t>(panels() * width_ * rows_));
}

PanelMatrix::PanelMatrix(const Matrix& matrix) : PanelMatrix(matrix.rows(), matrix.cols()) {
  kernels::chosen().pack_panels(matrix.data(), columns_, rows_, columns_, values_.data());
}

Matrix PanelMatrix::matrix() const { return top_rows(rows_); }

Matrix PanelMatrix::top_rows(Eigen::Index count) const {
  Matrix result;
  copy_top_rows(count, result);
  return result;
}

void PanelMatrix::copy_top_rows(Eigen::Index count, Matrix& rows) const {
  rows.resize(count, columns_);
  for (Eigen::Index index = 0; index < panels(); ++index) {
    const auto [first, units_here] = units(index);
    for (Eigen::Index row = 0; row < count; ++row) {
      const float* from = panel(index) + row * width_;
      std::copy(from, from + units_here, &rows(row, first));
    }
  }
}

void PanelMatrix::resize(Eigen::Index rows, Eigen::Index columns) {
  if (rows_ != rows || columns_ != columns) clear(rows, columns);
}

void PanelMatrix::clear(Eigen::Index rows, Eigen::Index columns) {
  rows_ = rows;
  columns_ = columns;
  width_ = kernels::chosen().columns;
  const auto size = static_cast<std::size_t>(panels() * width_ * rows_);
  values_.reserve(size);
  values_.assign(size, 0.0F);
}

}  // namespace ff
