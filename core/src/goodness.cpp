#include "ff/goodness.hpp"

#include <array>

namespace ff {

const Goodness& goodness(GoodnessKind kind) {
  static const std::array<const Goodness*, 3> table = {&kSumOfSquares, &kMeanOfSquares, &kSum};
  return *table.at(static_cast<std::size_t>(kind));
}

void measure_goodness(const Config& config, const Activity& activity, Vector& goodness) {
  const Goodness& kind = ff::goodness(config.goodness);
  const Units all{.first = 0, .count = activity.units().cols()};
  kind.measure(activity, all, goodness);
  const float sign = config.polarity == PolarityKind::kHigh ? 1.0F : -1.0F;
  goodness *= sign * kind.scale(all.count);
}

}  // namespace ff
