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
    slopes_.clear();
    square_sum.resize(rows);
  }

  /// Measures `scale` by `square_sum`.
  void normalise() {
    scale = (square_sum.array() / static_cast<float>(units_) + kSmallestMeanSquare).rsqrt();
  }

  /// Makes room for slopes, which only activations other than the ReLU have.
  void add_slopes() {
    slopes_.reserve(values_.size());
    slopes_.resize(values_.size());
  }
  bool has_slopes() const { return !slopes_.empty(); }

  /// [rows x units] derivatives of the activities by their sums.
  Eigen::Map<Matrix> slopes() { return {slopes_.data(), rows_, units_}; }
  Eigen::Map<const Matrix> slopes() const { return {slopes_.data(), rows_, units_}; }

  /// [rows x units] after the activation.
  Eigen::Map<Matrix> units() { return {values_.data(), rows_, units_}; }
  Eigen::Map<const Matrix> units() const { return {values_.data(), rows_, units_}; }

  /// Numbers that there is memory for.
  std::size_t capacity() const { return values_.capacity() + slopes_.capacity(); }

  Vector square_sum;  ///< [rows] sum of a row's squares
  Vector scale;       ///< [rows] what brings each row to mean square 1

 private:
  // A row of silent units has no direction; it stays 0 instead of becoming NaN.
  static constexpr float kSmallestMeanSquare = 1e-8F;

  AlignedFloats values_, slopes_;
  Eigen::Index rows_ = 0;
  Eigen::Index units_ = 0;
};

}  // namespace ff
