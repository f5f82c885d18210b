#include "ff/panel_matrix.hpp"

#include "kernels.hpp"

namespace ff {

PanelMatrix::PanelMatrix(Eigen::Index rows, Eigen::Index columns)
    : rows_(rows), columns_(columns), width_(kernels::best().columns) {
  values_.setZero(panels() * width_ * rows_);
}

PanelMatrix::PanelMatrix(const Matrix& matrix) : PanelMatrix(matrix.rows(), matrix.cols()) {
  kernels::best().pack_panels(matrix.data(), columns_, rows_, columns_, values_.data());
}

Matrix PanelMatrix::matrix() const { return top_rows(rows_); }

Matrix PanelMatrix::top_rows(Eigen::Index count) const {
  Matrix result(count, columns_);
  for (Eigen::Index row = 0; row < count; ++row)
    for (Eigen::Index column = 0; column < columns_; ++column)
      result(row, column) = (*this)(row, column);
  return result;
}

}  // namespace ff
