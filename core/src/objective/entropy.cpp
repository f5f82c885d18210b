#include "../logistic.hpp"
#include "../pairs.hpp"
#include "ff/objective.hpp"

namespace ff {
namespace {

// The logarithm of nothing at all has no end.
constexpr float kLeast = 1e-6F;

// A pair's q is in proportion to goodness^sharpness, so -log q(positive) is a loss of the
// difference of their logarithms.
float entropy_loss(const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient) {
  coefficient = goodness.cwiseMax(kLeast).array().log();
  const float loss = over_pairs(coefficient, settings.sharpness, coefficient, [](float lag) {
    return LossAndSlope{softplus(lag), sigmoid(lag)};
  });
  coefficient.array() /= goodness.cwiseMax(kLeast).array();
  return loss;
}

}  // namespace

const Objective kEntropy = {.apply = entropy_loss, .has_threshold = false};

}  // namespace ff
