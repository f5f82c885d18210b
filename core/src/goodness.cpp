#include "ff/goodness.hpp"

#include <array>

namespace ff {

const Goodness& goodness(GoodnessKind kind) {
  static const std::array<const Goodness*, 3> table = {&kSumOfSquares, &kMeanOfSquares, &kSum};
  return *table.at(static_cast<std::size_t>(kind));
}

float goodness_scale(const Config& config, Eigen::Index units) {
  const float sign = config.polarity == PolarityKind::kHigh ? 1.0F : -1.0F;
  return sign * goodness(config.goodness).scale(units);
}

void measure_goodness(const Config& config, const Activity& activity, Vector& goodness) {
  const Units all{.first = 0, .count = activity.units().cols()};
  ff::goodness(config.goodness).measure(activity, all, goodness);
  goodness *= goodness_scale(config, all.count);
}

}  // namespace ff
