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

/// Hinton 2022, section 2: p(positive) = sigmoid(goodness - threshold), logistic loss of both.
extern const Objective kLogistic;
/// SymBa (Lee and Song 2023): softplus(-sharpness (g+ - g-)).
extern const Objective kPairwise;
/// The same with swish(x) = x sigmoid(x) for softplus: once g+ leads by a margin it asks no more.
extern const Objective kSwish;
/// Functional entropy of each pair, E[h log(h / E h)] over its two goodnesses h, a share of their
/// mean: it is raised where the positive's is the higher one and lowered, towards equality and
/// beyond, where the negative's is (after Lorberbom et al. 2024). No threshold, no scale.
extern const Objective kEntropy;

}  // namespace ff
