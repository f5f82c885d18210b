#include "ff/memory.hpp"

#include <string>

#include "ff/batch.hpp"
#include "ff/error.hpp"

namespace ff {

std::int64_t training_bytes(const Config& config, int inputs) {
  std::int64_t weights = 0;
  std::int64_t fan_in = inputs;
  for (const std::int64_t units : config.layers) {
    const int labels = config.softmax_rate > 0.0 ? kLabels : 0;
    weights += units * (fan_in + labels);
    fan_in = units;
  }
  const int copies = config.optimiser == OptimiserKind::kAdam ? 3 : 2;
  return weights * copies * static_cast<std::int64_t>(sizeof(float));
}

void check_memory(const Config& config, int inputs, std::int64_t available) {
  const std::int64_t needed = training_bytes(config, inputs);
  if (needed <= available) return;
  const auto megabytes = [](std::int64_t bytes) {
    return std::to_string(bytes / 1'000'000) + " MB";
  };
  throw Error("layers: to train them takes at least " + megabytes(needed) +
              " of memory and there are " + megabytes(available) +
              "; expected fewer or smaller layers.");
}

}  // namespace ff
