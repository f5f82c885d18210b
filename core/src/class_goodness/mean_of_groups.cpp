#include "groups.hpp"

namespace ff {
namespace {

void mean_measure(const Layer& layer, const Activity& activity, Matrix& goodness) {
  const auto units = activity.units();
  each_class(layer, units.rows(), [&](Eigen::Index row, Eigen::Index label, Units channels) {
    goodness(row, label) = channels_of(units.row(row).data(), layer.shape, channels).mean();
  });
}

void mean_derive(const Layer& layer, const Activity&, const Matrix& by_goodness,
                 Eigen::Ref<Matrix> slopes) {
  each_class(layer, slopes.rows(), [&](Eigen::Index row, Eigen::Index label, Units channels) {
    auto own = channels_of(&slopes(row, 0), layer.shape, channels);
    own.setConstant(by_goodness(row, label) / static_cast<float>(own.size()));
  });
}

}  // namespace

/// The mean activity of a class's share of the channels (DeeperForward: Sun et al. 2025, section
/// 3).
extern const ClassGoodness kMeanOfGroups = {.name = "mean",
                                            .title = "Mean of its channels",
                                            .of_units = true,
                                            .measure = mean_measure,
                                            .derive = mean_derive};

}  // namespace ff
