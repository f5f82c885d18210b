#include "../rows.hpp"
#include "ff/layer.hpp"
#include "ff/normalisation.hpp"

namespace ff {
namespace {

constexpr float kLeastGroupVariance = 1e-5F;

// Calls use(group, numbers) for a row's numbers [places x channels of a group].
template <class Use>
void each_group(const Layer& layer, float* row, const Use& use) {
  const Shape& passed = layer.passed;
  for (Eigen::Index group = 0; group < layer.classes; ++group) {
    const Units channels = part_of(passed.channels, layer.classes, group);
    use(group, PanelView(row + channels.first, passed.area(), channels.count,
                         Eigen::OuterStride<>(passed.channels)));
  }
}

void group_apply(const Layer& layer, bool, Activity& activity) {
  if (!activity.has_passed()) {
    activity.add_passed(activity.units().cols());
    activity.passed() = activity.units();
  }
  auto numbers = activity.passed();
  activity.add_figures(numbers.rows(), layer.classes);
  over_rows(numbers.rows(), [&](Eigen::Index row) {
    each_group(layer, &numbers(row, 0), [&](Eigen::Index group, PanelView own) {
      const float mean = own.mean();
      own.array() -= mean;
      const float variance = own.squaredNorm() / static_cast<float>(own.size());
      own *= 1.0F / std::sqrt(variance + kLeastGroupVariance);
      activity.means()(row, group) = mean;
      activity.variances()(row, group) = variance;
    });
  });
  activity.scale.setOnes(numbers.rows());
}

void group_back(const Layer& layer, bool, Activity& activity, Eigen::Ref<Matrix> slopes) {
  const auto numbers = activity.passed();
  over_rows(slopes.rows(), [&](Eigen::Index row) {
    each_group(layer, &slopes(row, 0), [&](Eigen::Index group, PanelView slope) {
      const Units channels = part_of(layer.passed.channels, layer.classes, group);
      const ConstPanelView x(numbers.row(row).data() + channels.first, slope.rows(), slope.cols(),
                             Eigen::OuterStride<>(layer.passed.channels));
      const float mean = slope.mean();
      const float along = slope.cwiseProduct(x).mean();
      const float inverse =
          1.0F / std::sqrt(activity.variances()(row, group) + kLeastGroupVariance);
      slope.array() = inverse * (slope.array() - mean - along * x.array());
    });
  });
}

}  // namespace

/// Each row's channels in as many groups as there are classes, each with mean 0 and variance 1 (Wu
/// and He 2018).
extern const Normalisation kGroupNormalisation = {.name = "group",
                                                  .title = "Groups of channels",
                                                  .of_batch = false,
                                                  .apply = group_apply,
                                                  .back = group_back};

}  // namespace ff
