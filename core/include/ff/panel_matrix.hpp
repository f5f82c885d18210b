#pragma once

#include <algorithm>

#include "ff/aligned_floats.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// Some units of a layer, side by side.
struct Units {
  Eigen::Index first;
  Eigen::Index count;
};

/// Some columns of a matrix that go on in memory beyond it.
using PanelView = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;
using ConstPanelView = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;

/// A matrix kept in the order in which the product kernels read it, so that nothing is copied
/// before a product: panels of some columns side by side, each panel row after row. The last panel
/// is filled up with columns of zeros. How wide a panel is, the kernels of this machine say.
class PanelMatrix {
 public:
  PanelMatrix() = default;
  /// [rows x columns] of zeros.
  PanelMatrix(Eigen::Index rows, Eigen::Index columns);
  explicit PanelMatrix(const Matrix& matrix);

  Matrix matrix() const;
  /// The first `count` rows.
  Matrix top_rows(Eigen::Index count) const;
  void copy_top_rows(Eigen::Index count, Matrix& rows) const;
  /// Becomes [rows x columns], of zeros unless it is so already; keeps its memory if that suffices.
  void resize(Eigen::Index rows, Eigen::Index columns);
  /// Becomes [rows x columns] of zeros; keeps its memory if that suffices.
  void clear(Eigen::Index rows, Eigen::Index columns);

  Eigen::Index rows() const { return rows_; }
  Eigen::Index cols() const { return columns_; }
  Eigen::Index size() const { return rows_ * columns_; }
  Eigen::Index panels() const { return width_ == 0 ? 0 : (columns_ + width_ - 1) / width_; }

  float operator()(Eigen::Index row, Eigen::Index column) const {
    return values_[static_cast<std::size_t>(place(row, column))];
  }
  float& operator()(Eigen::Index row, Eigen::Index column) {
    return values_[static_cast<std::size_t>(place(row, column))];
  }

  /// The numbers of panel `index`: [rows x panel width].
  float* panel(Eigen::Index index) { return values_.data() + index * rows_ * width_; }
  const float* panel(Eigen::Index index) const { return values_.data() + index * rows_ * width_; }

  /// The same as a matrix [rows x units(index).count].
  PanelView view(Eigen::Index index) {
    return {panel(index), rows_, units(index).count, Eigen::OuterStride<>(width_)};
  }
  ConstPanelView view(Eigen::Index index) const {
    return {panel(index), rows_, units(index).count, Eigen::OuterStride<>(width_)};
  }
  /// The numbers of a matrix of one row, side by side.
  Eigen::Map<RowVector> flat() { return {values_.data(), columns_}; }
  Eigen::Map<const RowVector> flat() const { return {values_.data(), columns_}; }

  /// Which columns of the matrix a panel holds.
  Units units(Eigen::Index index) const {
    return {.first = index * width_, .count = std::min(width_, columns_ - index * width_)};
  }

  bool operator==(const PanelMatrix& other) const = default;

 private:
  Eigen::Index place(Eigen::Index row, Eigen::Index column) const {
    return (column / width_ * rows_ + row) * width_ + column % width_;
  }

  Eigen::Index rows_ = 0;
  Eigen::Index columns_ = 0;
  Eigen::Index width_ = 0;
  AlignedFloats values_;
};

}  // namespace ff
