#pragma once

#include "ff/aligned_floats.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// A layer's activity and what the next layer sees of it: pooled and normalised, or only its
/// direction.
class Activity {
 public:
  void resize(Eigen::Index rows, Eigen::Index units) {
    rows_ = rows;
    units_ = units;
    passed_columns_ = 0;
    has_slopes_ = false;
    gain = 1.0F;
    at_least(values_, rows * units);
    square_sum.resize(rows);
  }

  /// Measures the `scale` that brings what is passed on to mean square 1.
  void normalise();

  /// Makes room for slopes, which only activations other than the ReLU have.
  void add_slopes() {
    has_slopes_ = true;
    at_least(slopes_, rows_ * units_);
  }
  bool has_slopes() const { return has_slopes_; }

  /// [rows x units] derivatives of the activities by their sums.
  Eigen::Map<Matrix> slopes() { return {slopes_.data(), rows_, units_}; }
  Eigen::Map<const Matrix> slopes() const { return {slopes_.data(), rows_, units_}; }

  /// [rows x units] after the activation.
  Eigen::Map<Matrix> units() { return {values_.data(), rows_, units_}; }
  Eigen::Map<const Matrix> units() const { return {values_.data(), rows_, units_}; }

  /// Makes room for so many numbers a row to be passed on in place of the units.
  void add_passed(Eigen::Index columns) {
    passed_columns_ = columns;
    at_least(passed_, rows_ * columns);
  }
  bool has_passed() const { return passed_columns_ > 0; }

  /// [rows x columns] what is passed on, but for `scale`.
  Eigen::Map<Matrix> passed() {
    return has_passed() ? Eigen::Map<Matrix>(passed_.data(), rows_, passed_columns_) : units();
  }
  Eigen::Map<const Matrix> passed() const {
    return has_passed() ? Eigen::Map<const Matrix>(passed_.data(), rows_, passed_columns_)
                        : units();
  }

  /// Makes room for figures of a normalisation: those of `parts` parts of what is passed on, on
  /// `rows` rows, and `more` numbers to add them up in.
  void add_figures(Eigen::Index rows, Eigen::Index parts, Eigen::Index more = 0) {
    figure_rows_ = rows;
    figure_parts_ = parts;
    at_least(figures_, 2 * rows * parts + more);
  }
  /// [rows or 1 x parts] what was taken off.
  Eigen::Map<Matrix> means() { return {figures_.data(), figure_rows_, figure_parts_}; }
  Eigen::Map<const Matrix> means() const { return {figures_.data(), figure_rows_, figure_parts_}; }
  /// [rows or 1 x parts] of what deviates from that, before it was brought to 1.
  Eigen::Map<Matrix> variances() {
    return {figures_.data() + figures(), figure_rows_, figure_parts_};
  }
  Eigen::Map<const Matrix> variances() const {
    return {figures_.data() + figures(), figure_rows_, figure_parts_};
  }
  /// Those `more` numbers.
  float* to_add_up() { return figures_.data() + 2 * figures(); }
  /// [2 x parts] derivatives by a learnt shift and gain, after those by what is passed on went back
  /// through the normalisation.
  Eigen::Map<const Matrix> by_shift_and_gain() const {
    return {figures_.data() + 2 * figures(), 2, figure_parts_};
  }

  /// Numbers that there is memory for.
  std::size_t capacity() const {
    return values_.capacity() + slopes_.capacity() + passed_.capacity();
  }

  Vector square_sum;  ///< [rows] sum of a row's squares
  Vector scale;       ///< [rows] what that is multiplied by for the next layer
  float gain = 1.0F;  ///< what units were multiplied by that dropout has left; in the slopes, too

 private:
  Eigen::Index figures() const { return figure_rows_ * figure_parts_; }

  AlignedFloats values_, slopes_, passed_, figures_;
  Eigen::Index rows_ = 0;
  Eigen::Index units_ = 0;
  bool has_slopes_ = false;
  Eigen::Index passed_columns_ = 0;
  Eigen::Index figure_rows_ = 0;
  Eigen::Index figure_parts_ = 0;
};

}  // namespace ff
