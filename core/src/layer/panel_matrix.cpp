#include "ff/panel_matrix.hpp"

#include <algorithm>

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

// What fills panels up stays zero.
void PanelMatrix::resize(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets) {
  if (rows_ == rows && columns_ == columns && sets_ == sets) return;
  shape(rows, columns, sets);
  for (Eigen::Index index = 0; index < panels(); ++index)
    if (units(index).count < width_) std::fill_n(panel(index), rows_ * width_, 0.0F);
}

void PanelMatrix::clear(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets) {
  shape(rows, columns, sets);
  std::fill_n(values_.begin(), numbers(), 0.0F);
}

void PanelMatrix::shape(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets) {
  rows_ = rows;
  columns_ = columns;
  sets_ = sets;
  width_ = kernels::chosen().columns;
  at_least(values_, numbers());
}

bool PanelMatrix::operator==(const PanelMatrix& other) const {
  return rows_ == other.rows_ && columns_ == other.columns_ && sets_ == other.sets_ &&
         std::equal(values_.begin(), values_.begin() + numbers(), other.values_.begin());
}

}  // namespace ff
