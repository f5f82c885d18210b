#pragma once

#include "ff/config.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// The numbers an objective needs of a layer.
struct ObjectiveSettings {
  float threshold;  ///< on the scale of the layer's goodness
  float sharpness;
};

/// Turns goodness into a loss and one coefficient a row.
/// A new one: a file in src/objective/ and a line in objective.cpp.
struct Objective {
  /// goodness [2 x batch]: the positives, then in the same order their negatives. Returns the mean
  /// loss over the batch; coefficient [2 x batch] is its derivative by each row's goodness.
  float (*apply)(const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient);

  bool has_threshold;
};

const Objective& objective(ObjectiveKind kind);

/// Hinton 2022, section 2: p(positive) = sigmoid(sharpness (goodness - threshold)), logistic loss
/// of both; the paper's sharpness is 1.
extern const Objective kLogistic;
/// SymBa (Lee and Song 2023): softplus(-sharpness (g+ - g-)).
extern const Objective kPairwise;
/// The same with swish(x) = x sigmoid(x) for softplus: once g+ leads by a margin it asks no more.
extern const Objective kSwish;
/// Functional entropy is E[h] KL(q || p), where q weighs what is drawn from p by its goodness h
/// (Lorberbom et al. 2024, section 4). Here p is even over a pair and q is to weigh the positive
/// alone: the loss is -log q(positive), q in proportion to h^sharpness. Neither a threshold nor the
/// scale of goodness matters. Goodness should be above 0.
extern const Objective kEntropy;

}  // namespace ff
