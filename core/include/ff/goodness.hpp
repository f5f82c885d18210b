#pragma once

#include "ff/activity.hpp"
#include "ff/config.hpp"
#include "ff/matrix.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

/// What a layer's activity is worth, a number a row, and its derivative (Hinton 2022, section 2).
/// A new one: a file in src/goodness/ and a line in goodness.cpp.
struct Goodness {
  /// activity [rows x units] → goodness [rows].
  void (*measure)(const Activity& activity, Vector& goodness);

  /// Of those units: delta [rows x units] = coefficient [rows] times the derivative of a row's
  /// goodness by its activities; 0 where a ReLU is silent.
  void (*derivative)(const Activity& activity, const Vector& coefficient, Units units,
                     PanelView delta);

  /// Derivative by the sum of squares: the scale of this goodness in a layer of so many units. A
  /// threshold given a unit is threshold * units * scale of a row's goodness.
  float (*scale)(Eigen::Index units);
};

const Goodness& goodness(GoodnessKind kind);

/// The derivative of all units, delta [rows x units].
void derive(const Goodness& goodness, const Activity& activity, const Vector& coefficient,
            PanelMatrix& delta);

extern const Goodness kSumOfSquares;
extern const Goodness kMeanOfSquares;

}  // namespace ff
