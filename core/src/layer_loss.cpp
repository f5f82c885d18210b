#include "ff/layer_loss.hpp"

#include <algorithm>

#include "ff/goodness.hpp"
#include "ff/objective.hpp"
#include "ff/regions.hpp"
#include "ff/threads.hpp"

namespace ff {

float threshold_of(const Config& config, Eigen::Index units) {
  if (!objective(config.objective).has_threshold) return 0.0F;
  return static_cast<float>(config.threshold) * static_cast<float>(units) *
         goodness_scale(config, units);
}

float LayerLoss::judge(const Config& config, const Activity& activity, const Vector& others) {
  const Goodness& kind = ff::goodness(config.goodness);
  const Eigen::Index units = activity.units().cols();
  const auto regions = static_cast<std::size_t>(region_count(config));
  measure_goodness(config, activity, goodness_);
  share_ = goodness_.array() - threshold_of(config, units);
  factors_.resize(regions);
  float loss = 0.0F;
  for (std::size_t region = 0; region < regions; ++region) {
    const Units here = region_units(config, units, static_cast<int>(region));
    const float factor = goodness_scale(config, here.count);
    kind.measure(activity, here, region_);
    region_ *= factor;
    if (others.size() > 0) region_ += others;
    loss += objective(config.objective)
                .apply(region_,
                       {.threshold = threshold_of(config, here.count),
                        .sharpness = static_cast<float>(config.sharpness)},
                       factors_[region]);
    factors_[region] *= factor / static_cast<float>(regions);
  }
  return loss / static_cast<float>(regions);
}

void LayerLoss::keep_rows(Eigen::Index first, Eigen::Index count) {
  for (Vector& factors : factors_) {
    factors.head(first).setZero();
    factors.tail(factors.size() - first - count).setZero();
  }
}

void LayerLoss::derive(const Config& config, const Activity& activity, PanelMatrix& delta) const {
  delta.resize(activity.units().rows(), activity.units().cols());
  parallel_for(delta.panels(),
               [&](std::int64_t panel) { derive_panel(config, activity, panel, delta); });
}

void LayerLoss::derive_panel(const Config& config, const Activity& activity, std::int64_t panel,
                             PanelMatrix& delta) const {
  const Goodness& kind = ff::goodness(config.goodness);
  const auto [first, count] = delta.units(panel);
  auto here = delta.view(panel);
  for (std::size_t region = 0; region < factors_.size(); ++region) {
    const Units units = region_units(config, delta.cols(), static_cast<int>(region));
    const Eigen::Index begin = std::max(first, units.first);
    const Eigen::Index end = std::min(first + count, units.first + units.count);
    if (begin >= end) continue;
    kind.derivative(activity, factors_[region], {begin, end - begin},
                    {&here(0, begin - first), here.rows(), end - begin,
                     Eigen::OuterStride<>(here.outerStride())});
  }
  if (activity.has_slopes())
    here.array() *= activity.slopes().middleCols(first, count).array();
  else if (!kind.zero_when_silent)
    here = (activity.units().middleCols(first, count).array() > 0.0F).select(here, 0.0F);
}

}  // namespace ff
