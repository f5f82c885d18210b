#pragma once

#include <span>
#include <string_view>

#include "ff/matrix.hpp"

namespace ff {

/// What a unit makes of its weighted sum.
/// A new one: a file in src/activation/ and its name in activation.cpp.
struct Activation {
  std::string_view name, title;

  /// A row's sums become activities, in place; `slopes`, as long, receives the derivatives. Null
  /// for the ReLU, which the products apply on their way out: its slope is 1 where a unit is not
  /// silent.
  void (*apply)(Eigen::Ref<RowVector> units, Eigen::Ref<RowVector> slopes);

  bool below_zero;  ///< whether an activity may be
};

/// All there are.
std::span<const Activation* const> activations();

const Activation& activation(std::string_view name);

}  // namespace ff
