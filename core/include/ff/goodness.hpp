#pragma once

#include <span>
#include <string_view>

#include "ff/activity.hpp"
#include "ff/matrix.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

struct Config;

/// What the activity of some units is worth, a number a row, and its derivative (Hinton 2022,
/// section 2). Goodness is scale(units) * measure.
/// A new one: a file in src/goodness/ and its name in goodness.cpp.
struct Goodness {
  std::string_view name, title;

  /// The activity of `units` → measure [rows].
  void (*measure)(const Activity& activity, Units units, Vector& measure);

  /// delta [rows x units] = coefficient [rows] times the derivative of a row's measure by the
  /// activity of those units.
  void (*derivative)(const Activity& activity, const Vector& coefficient, Units units,
                     PanelView delta);

  /// The derivative is 0 where a unit is silent, so a ReLU's slope changes nothing.
  bool zero_when_silent;

  bool signed_as_units;  ///< below 0 where units are

  /// A threshold given a unit is threshold * units * scale of a row's goodness.
  float (*scale)(Eigen::Index units);
};

/// All there are.
std::span<const Goodness* const> goodnesses();

const Goodness& goodness(std::string_view name);

/// What the measure of so many units is multiplied by to be goodness: negative when low activity is
/// to be positive.
float goodness_scale(const Config& config, Eigen::Index units);

/// Goodness [rows] of a whole layer: that of its regions together, and negative when low activity
/// is to be positive.
void measure_goodness(const Config& config, const Activity& activity, Vector& goodness);

}  // namespace ff
