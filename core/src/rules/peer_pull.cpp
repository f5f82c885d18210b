#include "peer_pull.hpp"

#include "ff/config.hpp"
#include "ff/goodness.hpp"
#include "ff/threads.hpp"

namespace ff {
namespace {

// How much of a unit's running mean activity one minibatch leaves.
constexpr float kMeanKept = 0.9F;

}  // namespace

void add_peer_pull(const Config& config, const Activity& activity, RowVector& mean,
                   PanelMatrix& delta) {
  if (config.peer_strength == 0.0) return;
  const Eigen::Index batch = activity.units().rows() / 2;
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta.units(panel);
    mean.segment(first, count) =
        kMeanKept * mean.segment(first, count) +
        (1.0F - kMeanKept) * activity.units().block(0, first, batch, count).colwise().mean();
  });
  const float strength = static_cast<float>(config.peer_strength) *
                         goodness(config.goodness).scale(delta.cols()) / static_cast<float>(batch);
  const float layer_mean = mean.mean();
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta.units(panel);
    auto positives = delta.view(panel).topRows(batch);
    for (Eigen::Index row = 0; row < batch; ++row)
      positives.row(row).array() += strength * (mean.segment(first, count).array() - layer_mean);
  });
}

}  // namespace ff
