#include "ff/goodness.hpp"

#include "ff/config.hpp"
#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in goodness/.
#define FF_GOODNESS kSumOfSquares, kMeanOfSquares, kSum
extern const Goodness FF_GOODNESS;

std::span<const Goodness* const> goodnesses() {
  static constexpr auto kTable = table_of(FF_GOODNESS);
  return kTable;
}

const Goodness& goodness(std::string_view name) { return entry_of(goodnesses(), "goodness", name); }

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
