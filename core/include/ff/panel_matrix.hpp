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

/// Part `index` of `parts` among which so many units are divided as evenly as they go.
inline Units part_of(Eigen::Index units, Eigen::Index parts, Eigen::Index index) {
  const Eigen::Index first = units * index / parts;
  return {.first = first, .count = units * (index + 1) / parts - first};
}

/// Some columns of a matrix that go on in memory beyond it.
using PanelView = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;
using ConstPanelView = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;
/// Numbers side by side, one a unit.
using ConstRow = Eigen::Map<const RowVector>;

/// A matrix kept in the order in which the product kernels read it, so that nothing is copied
/// before a product: panels of some columns side by side, each panel row after row. How wide a
/// panel is, the kernels of this machine say. Columns may come in sets, each of which begins with a
/// panel of its own; its last panel is filled up with columns of zeros.
class PanelMatrix {
 public:
  PanelMatrix() = default;
  /// [rows x columns] of zeros.
  PanelMatrix(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets = 1);
  explicit PanelMatrix(const Matrix& matrix, Eigen::Index sets = 1);

  Matrix matrix() const;
  /// The first `count` rows.
  Matrix top_rows(Eigen::Index count) const;
  void copy_top_rows(Eigen::Index count, Matrix& rows) const;
  /// Becomes [rows x columns] of any numbers; keeps its memory if that suffices.
  void resize(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets = 1);
  /// Becomes [rows x columns] of zeros; keeps its memory if that suffices.
  void clear(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets = 1);

  Eigen::Index rows() const { return rows_; }
  Eigen::Index cols() const { return columns_; }
  Eigen::Index size() const { return rows_ * columns_; }
  Eigen::Index sets() const { return sets_; }
  Eigen::Index panels() const { return sets_ * panels_in_set(); }
  Eigen::Index panels_in_set() const {
    return width_ == 0 ? 0 : ((columns_ + sets_ - 1) / sets_ + width_ - 1) / width_;
  }

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
  /// The numbers of a matrix of one row and one set, side by side.
  Eigen::Map<RowVector> flat() { return {values_.data(), columns_}; }
  ConstRow flat() const { return {values_.data(), columns_}; }

  /// Which columns of the matrix a panel holds. Where sets differ in size, the last panel of a
  /// smaller one may hold none.
  Units units(Eigen::Index index) const {
    const Units set = units_of_set(index / panels_in_set());
    const Eigen::Index before = index % panels_in_set() * width_;
    return {.first = set.first + before,
            .count = std::clamp(set.count - before, Eigen::Index{0}, width_)};
  }
  Units units_of_set(Eigen::Index set) const { return part_of(columns_, sets_, set); }

  bool operator==(const PanelMatrix& other) const;

 private:
  void shape(Eigen::Index rows, Eigen::Index columns, Eigen::Index sets);
  /// Numbers in all panels.
  Eigen::Index numbers() const { return panels() * width_ * rows_; }
  Eigen::Index place(Eigen::Index row, Eigen::Index column) const {
    const Eigen::Index set = ((column + 1) * sets_ - 1) / columns_;
    const Eigen::Index inside = column - units_of_set(set).first;
    const Eigen::Index panel = set * panels_in_set() + inside / width_;
    return (panel * rows_ + row) * width_ + inside % width_;
  }

  Eigen::Index rows_ = 0;
  Eigen::Index columns_ = 0;
  Eigen::Index sets_ = 1;
  Eigen::Index width_ = 0;
  AlignedFloats values_;
};

}  // namespace ff
