#include "../logistic.hpp"

#include "ff/objective.hpp"

namespace ff {
namespace {

float logistic_loss(const Vector& goodness, const ObjectiveSettings& settings,
                    Vector& coefficient) {
  const Eigen::Index batch = goodness.size() / 2;
  const float share = 1.0F / static_cast<float>(batch);
  coefficient.resize(goodness.size());
  float loss = 0.0F;
  for (Eigen::Index row = 0; row < goodness.size(); ++row) {
    const float sign = row < batch ? -1.0F : 1.0F;
    const float wrong = sign * settings.sharpness * (goodness[row] - settings.threshold);
    loss += softplus(wrong);
    coefficient[row] = sign * share * settings.sharpness * sigmoid(wrong);
  }
  return loss * share;
}

}  // namespace

/// Hinton 2022, section 2: p(positive) = sigmoid(sharpness (goodness - threshold)), logistic loss
/// of both; the paper's sharpness is 1.
extern const Objective kLogistic = {
    .name = "logistic",
    .title = "Logistic with threshold",
    .apply = logistic_loss,
    .has_threshold = true,
    .above_zero = false,
};

}  // namespace ff
