#pragma once

#include <cstdint>

namespace ff {

struct Config;

/// Which layers learn in a step, and how far each has come in the steps that it learns.
struct LearningLayers {
  std::size_t first, last;
  std::int64_t step, steps;
};

/// `step` of `steps` of the whole run; after the last one the last layer still learns.
LearningLayers learning_layers(const Config& config, std::int64_t step, std::int64_t steps);

}  // namespace ff
