#pragma once

#include "ff/config.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// What a unit makes of its weighted sum.
/// A new one: a file in src/activation/ and a line in activation.cpp.
struct Activation {
  /// A row's sums become activities, in place; `slopes`, as long, receives the derivatives. Null
  /// for the ReLU, which the products apply on their way out: its slope is 1 where a unit is not
  /// silent.
  void (*apply)(Eigen::Ref<RowVector> units, Eigen::Ref<RowVector> slopes);
};

const Activation& activation(ActivationKind kind);

extern const Activation kRelu;
/// A tenth of what is below zero passes.
extern const Activation kLeakyRelu;
/// Minus the log density of a t distribution, but for a constant (Hinton 2022, section 6; Osindero,
/// Welling and Hinton 2006). Sums far from 0 are surprising, whatever their sign.
extern const Activation kStudentT;

}  // namespace ff
