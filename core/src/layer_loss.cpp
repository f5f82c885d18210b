#include "ff/layer_loss.hpp"

#include <algorithm>

#include "ff/config.hpp"
#include "ff/goodness.hpp"
#include "ff/objective.hpp"
#include "ff/threads.hpp"

namespace ff {

float threshold_of(const Config& config, Eigen::Index units) {
  if (!objective(config.objective).has_threshold) return 0.0F;
  return static_cast<float>(config.threshold) * static_cast<float>(units) *
         goodness_scale(config, units);
}

float LayerLoss::measure(const Config& config, const Layer& layer, const Activity& activity,
                         const Vector& others) {
  const Goodness& kind = ff::goodness(config.goodness);
  const Eigen::Index units = activity.units().cols();
  measure_goodness(config, activity, goodness_);
  share_ = goodness_.array() - threshold_of(config, units);
  factors_.resize(static_cast<std::size_t>(layer.groups));
  const auto groups = static_cast<float>(layer.groups);
  float loss = 0.0F;
  for (Eigen::Index group = 0; group < layer.groups; ++group) {
    const Units here = part_of(units, layer.groups, group);
    const float factor = goodness_scale(config, here.count);
    kind.measure(activity, here, group_);
    group_ *= factor;
    if (others.size() > 0) group_ += others;
    Vector& factors = factors_[static_cast<std::size_t>(group)];
    loss += objective(config.objective)
                .apply(group_,
                       {.threshold = threshold_of(config, here.count),
                        .sharpness = static_cast<float>(config.sharpness)},
                       factors);
    factors *= factor / groups;
  }
  return loss / groups;
}

void LayerLoss::keep_rows(Eigen::Index first, Eigen::Index count) {
  for (Vector& factors : factors_) {
    factors.head(first).setZero();
    factors.tail(factors.size() - first - count).setZero();
  }
}

void LayerLoss::derive(const Config& config, const Layer& layer, const Activity& activity,
                       PanelMatrix& delta) const {
  delta.resize(activity.units().rows(), activity.units().cols(), layer.fields.count());
  parallel_for(delta.panels(),
               [&](std::int64_t panel) { derive_panel(config, activity, panel, delta); });
}

void LayerLoss::derive_panel(const Config& config, const Activity& activity, std::int64_t panel,
                             PanelMatrix& delta) const {
  const Goodness& kind = ff::goodness(config.goodness);
  const auto [first, count] = delta.units(panel);
  const auto groups = static_cast<Eigen::Index>(factors_.size());
  auto here = delta.view(panel);
  for (Eigen::Index group = 0; group < groups; ++group) {
    const Units units = part_of(delta.cols(), groups, group);
    const Eigen::Index begin = std::max(first, units.first);
    const Eigen::Index end = std::min(first + count, units.first + units.count);
    if (begin >= end) continue;
    kind.derivative(activity, factors_[static_cast<std::size_t>(group)], {begin, end - begin},
                    {&here(0, begin - first), here.rows(), end - begin,
                     Eigen::OuterStride<>(here.outerStride())});
  }
  if (activity.has_slopes())
    here.array() *= activity.slopes().middleCols(first, count).array();
  else if (!kind.zero_when_silent)
    here = (activity.units().middleCols(first, count).array() > 0.0F).select(here, 0.0F);
}

}  // namespace ff
