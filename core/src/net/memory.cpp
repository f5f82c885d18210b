#include "ff/memory.hpp"

#include <string>

#include "ff/config.hpp"
#include "ff/error.hpp"
#include "ff/network.hpp"

namespace ff {

std::int64_t training_bytes(const Config& config, const Shape& shape, std::size_t classes) {
  std::int64_t weights = 0;
  const auto labels = config.softmax_rate > 0.0 ? static_cast<std::int64_t>(classes) : 0;
  for (const Layer& layer : plan_layers(config, shape, row_format(config, shape, classes), classes))
    weights += layer.columns() * layer.fields.size() + layer.outputs() * labels;
  const int copies = config.optimiser == OptimiserKind::kAdam ? 3 : 2;
  return weights * copies * static_cast<std::int64_t>(sizeof(float));
}

void check_memory(const Config& config, const Shape& shape, std::size_t classes,
                  std::int64_t available) {
  const std::int64_t needed = training_bytes(config, shape, classes);
  if (needed <= available) return;
  const auto megabytes = [](std::int64_t bytes) {
    return std::to_string(bytes / 1'000'000) + " MB";
  };
  throw Error("layers: to train them takes at least " + megabytes(needed) +
              " of memory and there are " + megabytes(available) +
              "; expected fewer or smaller layers.");
}

}  // namespace ff
