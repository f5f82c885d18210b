#include "learning_layers.hpp"

#include <algorithm>

#include "ff/config.hpp"

namespace ff {

LearningLayers learning_layers(const Config& config, std::int64_t step, std::int64_t steps) {
  const auto layers = static_cast<std::int64_t>(config.layers.size());
  if (config.schedule != ScheduleKind::kInTurn)
    return {.first = 0, .last = config.layers.size(), .step = step, .steps = steps};
  const std::int64_t layer = std::min(step * layers / steps, layers - 1);
  const auto start_of = [&](std::int64_t index) { return (steps * index + layers - 1) / layers; };
  return {.first = static_cast<std::size_t>(layer),
          .last = static_cast<std::size_t>(layer) + 1,
          .step = step - start_of(layer),
          // A run may have fewer steps than layers.
          .steps = std::max(start_of(layer + 1) - start_of(layer), std::int64_t{1})};
}

}  // namespace ff
