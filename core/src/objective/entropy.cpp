#include <algorithm>
#include <cmath>
#include <numbers>

#include "ff/objective.hpp"

namespace ff {
namespace {

// The logarithm of nothing at all has no end.
constexpr float kLeast = 1e-6F;

float apply(const Vector& goodness, const ObjectiveSettings&, Vector& coefficient) {
  const Eigen::Index batch = goodness.size() / 2;
  const float each = 1.0F / static_cast<float>(batch);
  coefficient.resize(goodness.size());
  float loss = 0.0F;
  for (Eigen::Index pair = 0; pair < batch; ++pair) {
    const float positive = std::max(goodness[pair], kLeast);
    const float negative = std::max(goodness[batch + pair], kLeast);
    const float sum = positive + negative;
    const float odds = std::log(positive / negative);
    const float entropy =
        (positive * std::log(positive / sum) + negative * std::log(negative / sum)) / sum +
        std::numbers::ln2_v<float>;
    loss += positive > negative ? -entropy : entropy;
    const float slope = each * std::abs(odds) / (sum * sum);
    coefficient[pair] = -slope * negative;
    coefficient[batch + pair] = slope * positive;
  }
  return loss * each;
}

}  // namespace

const Objective kEntropy = {.apply = apply, .has_threshold = false};

}  // namespace ff
