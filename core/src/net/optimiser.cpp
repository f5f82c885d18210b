#include "ff/optimiser.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ff/config.hpp"
#include "ff/threads.hpp"

namespace ff {
double rate_share(const Config& config, std::int64_t step, std::int64_t steps) {
  const double done = static_cast<double>(step) / static_cast<double>(steps);
  const double warming = config.warm_up * static_cast<double>(steps);
  const double warm = std::min(1.0, static_cast<double>(step + 1) / std::max(1.0, warming));
  if (done <= config.decay_start) return warm;
  const double left = (1.0 - done) / (1.0 - config.decay_start);
  if (config.decay == DecayKind::kLine) return warm * left;
  return warm * (0.5 - 0.5 * std::cos(left * std::numbers::pi));
}

OptimiserStep optimiser_step(const Config& config, double rate, std::int64_t step,
                             std::int64_t steps) {
  const auto t = static_cast<double>(step + 1);
  return {
      .adaptive = config.optimiser == OptimiserKind::kAdam,
      .rate = static_cast<float>(rate * rate_share(config, step, steps)),
      .momentum = static_cast<float>(config.momentum),
      .beta2 = static_cast<float>(config.beta2),
      .decay = static_cast<float>(config.weight_decay),
      .first_correction = static_cast<float>(1.0 / (1.0 - std::pow(config.momentum, t))),
      .second_correction = static_cast<float>(1.0 / (1.0 - std::pow(config.beta2, t))),
  };
}

void Parameter::ensure_moments(bool adaptive) {
  first.resize(rows(), cols(), sets());
  if (adaptive) second.resize(rows(), cols(), sets());
}

namespace {

// One panel of a parameter, whose moments are there.
template <class Gradient>
void step_panel(const OptimiserStep& step, const Eigen::ArrayBase<Gradient>& gradient,
                Eigen::Index panel, Parameter& parameter) {
  PanelView values = parameter.view(panel);
  PanelView first = parameter.first.view(panel);
  first.array() += (1.0F - step.momentum) * (gradient - first.array());
  values *= 1.0F - step.rate * step.decay;
  if (!step.adaptive) {
    values.array() -= step.rate * first.array();
    return;
  }
  PanelView second = parameter.second.view(panel);
  second.array() += (1.0F - step.beta2) * (gradient.square() - second.array());
  constexpr float kEpsilonSquare = OptimiserStep::kEpsilon * OptimiserStep::kEpsilon;
  values.array() -= (step.rate * step.first_correction) * first.array() /
                    (step.second_correction * second.array() + kEpsilonSquare).sqrt();
}

}  // namespace

void update(const OptimiserStep& step, float slope, const PanelMatrix& direction,
            Parameter& parameter) {
  parameter.ensure_moments(step.adaptive);
  ++parameter.version;
  parallel_for(parameter.panels(), [&](std::int64_t panel) {
    step_panel(step, slope * direction.view(panel).array(), panel, parameter);
  });
}

}  // namespace ff
