#pragma once

#include <span>
#include <string_view>

#include "ff/matrix.hpp"

namespace ff {

/// The numbers an objective needs of a layer.
struct ObjectiveSettings {
  float threshold;  ///< on the scale of the layer's goodness
  float sharpness;
};

/// Turns goodness into a loss and one coefficient a row.
/// A new one: a file in src/objective/ and its name in objective.cpp.
struct Objective {
  std::string_view name, title;

  /// goodness [2 x batch]: the positives, then in the same order their negatives. Returns the mean
  /// loss over the batch; coefficient [2 x batch] is its derivative by each row's goodness.
  float (*apply)(const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient);

  /// A row is judged by itself, against a threshold; if not, a positive is compared with its
  /// negative.
  bool has_threshold;

  bool above_zero;  ///< whether goodness must be above 0
};

/// All there are.
std::span<const Objective* const> objectives();

const Objective& objective(std::string_view name);

}  // namespace ff
