#include "ff/panel_matrix.hpp"

#include "kernels.hpp"

namespace ff {

PanelMatrix::PanelMatrix(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets) {
  clear(rows, columns, sets);
}

PanelMatrix::PanelMatrix(const Matrix& matrix, Eigen::Index sets)
    : PanelMatrix(matrix.rows(), matrix.cols(), sets) {
  for (Eigen::Index set = 0; set < sets; ++set) {
    const auto [first, count] = units_of_set(set);
    kernels::chosen().pack_panels(matrix.data() + first, columns_, rows_, count,
                                  panel(set * panels_in_set()));
  }
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
      std::copy(from, from + units_here, rows.data() + row * columns_ + first);
    }
  }
}

void PanelMatrix::resize(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets) {
  if (rows_ != rows || columns_ != columns || sets_ != sets) clear(rows, columns, sets);
}

void PanelMatrix::clear(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets) {
  rows_ = rows;
  columns_ = columns;
  sets_ = sets;
  width_ = kernels::chosen().columns;
  const auto size = static_cast<std::size_t>(panels() * width_ * rows_);
  values_.reserve(size);
  values_.assign(size, 0.0F);
}

}  // namespace ff
