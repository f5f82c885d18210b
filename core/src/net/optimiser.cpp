#include "ff/optimiser.hpp"

#include <algorithm>
#include <cmath>

#include "ff/threads.hpp"

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

namespace {

// `second` is Adam's alone.
template <class Gradient>
void descend(const OptimiserStep& step, const Eigen::ArrayBase<Gradient>& gradient,
             PanelView weights, PanelView first, PanelView second) {
  first.array() += (1.0F - step.momentum) * (gradient - first.array());
  weights *= 1.0F - step.rate * step.decay;
  if (step.kind == OptimiserKind::kSgd) {
    weights.array() -= step.rate * first.array();
    return;
  }
  second.array() += (1.0F - step.beta2) * (gradient.square() - second.array());
  constexpr float kEpsilonSquare = OptimiserStep::kEpsilon * OptimiserStep::kEpsilon;
  weights.array() -= (step.rate * step.first_correction) * first.array() /
                     (step.second_correction * second.array() + kEpsilonSquare).sqrt();
}

PanelView view(Eigen::Ref<Matrix> matrix) {
  return {matrix.data(), matrix.rows(), matrix.cols(), Eigen::OuterStride<>(matrix.outerStride())};
}

}  // namespace

void update(const OptimiserStep& step, const Eigen::Ref<const Matrix>& gradient,
            const Eigen::Ref<Matrix>& weights, Moments& moments) {
  ensure_shape(weights, moments.first);
  if (step.kind == OptimiserKind::kAdam) ensure_shape(weights, moments.second);
  descend(step, gradient.array(), view(weights), view(moments.first), view(moments.second));
}

void update(const OptimiserStep& step, float slope, const PanelMatrix& direction,
            PanelMatrix& weights, PanelMoments& moments) {
  moments.first.resize(weights.rows(), weights.cols());
  if (step.kind == OptimiserKind::kAdam) moments.second.resize(weights.rows(), weights.cols());
  parallel_for(weights.panels(), [&](std::int64_t panel) {
    descend(step, slope * direction.view(panel).array(), weights.view(panel),
            moments.first.view(panel), moments.second.view(panel));
  });
}

}  // namespace ff
