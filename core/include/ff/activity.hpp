#pragma once

#include "ff/aligned_floats.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// A layer's activity and what the next layer makes of it: only its direction.
class Activity {
 public:
  void resize(Eigen::Index rows, Eigen::Index units) {
    rows_ = rows;
    units_ = units;
    const auto size = static_cast<std::size_t>(rows * units);
    values_.reserve(size);
    values_.resize(size);
    square_sum.resize(rows);
  }

  /// [rows x units] after the ReLU.
  Eigen::Map<Matrix> units() { return {values_.data(), rows_, units_}; }
  Eigen::Map<const Matrix> units() const { return {values_.data(), rows_, units_}; }

  /// Numbers that there is memory for.
  std::size_t capacity() const { return values_.capacity(); }

  Vector square_sum;  ///< [rows] sum of a row's squares
  Vector scale;       ///< [rows] what brings each row to mean square 1

 private:
  AlignedFloats values_;
  Eigen::Index rows_ = 0;
  Eigen::Index units_ = 0;
};

}  // namespace ff
