#include "ff/optimiser.hpp"

#include <algorithm>
#include <cmath>

namespace ff {
namespace {

void ensure_shape(const Eigen::Ref<Matrix>& weights, Matrix& moment) {
  if (moment.size() != weights.size()) moment.setZero(weights.rows(), weights.cols());
}

}  // namespace

double schedule(double decay_start, std::int64_t step, std::int64_t steps) {
  const double done = static_cast<double>(step) / static_cast<double>(steps);
  if (done <= decay_start) return 1.0;
  return (1.0 - done) / (1.0 - decay_start);
}

OptimiserStep optimiser_step(const Config& config, double rate, std::int64_t step,
                             std::int64_t steps) {
  const auto t = static_cast<double>(step + 1);
  return {
      .kind = config.optimiser,
      .rate = static_cast<float>(rate * schedule(config.decay_start, step, steps)),
      .momentum = static_cast<float>(config.momentum),
      .beta2 = static_cast<float>(config.beta2),
      .decay = static_cast<float>(config.weight_decay),
      .first_correction = static_cast<float>(1.0 / (1.0 - std::pow(config.momentum, t))),
      .second_correction = static_cast<float>(1.0 / (1.0 - std::pow(config.beta2, t))),
  };
}

void update(const OptimiserStep& step, const Eigen::Ref<const Matrix>& gradient,
            Eigen::Ref<Matrix> weights, Moments& moments) {
  ensure_shape(weights, moments.first);
  auto first = moments.first.array();
  first += (1.0F - step.momentum) * (gradient.array() - first);
  weights *= 1.0F - step.rate * step.decay;
  if (step.kind == OptimiserKind::kSgd) {
    weights.array() -= step.rate * first;
    return;
  }
  ensure_shape(weights, moments.second);
  auto second = moments.second.array();
  second += (1.0F - step.beta2) * (gradient.array().square() - second);
  constexpr float kEpsilonSquare = OptimiserStep::kEpsilon * OptimiserStep::kEpsilon;
  weights.array() -= (step.rate * step.first_correction) * first /
                     (step.second_correction * second + kEpsilonSquare).sqrt();
}

}  // namespace ff
