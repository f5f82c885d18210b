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

/// Functional entropy is E[h] KL(q || p), where q weighs what is drawn from p by its goodness h
/// (Lorberbom et al. 2024, section 4). Here p is even over a pair and q is to weigh the positive
/// alone: the loss is -log q(positive), q in proportion to h^sharpness. Neither a threshold nor the
/// scale of goodness matters.
extern const Objective kEntropy = {
    .name = "entropy",
    .title = "Functional entropy",
    .apply = entropy_loss,
    .has_threshold = false,
    .above_zero = true,
};

}  // namespace ff
