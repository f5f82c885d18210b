#include "groups.hpp"

namespace ff {
namespace {

void squares_measure(const Layer& layer, const Activity& activity, Matrix& goodness) {
  const auto passed = activity.passed();
  each_class(layer, passed.rows(), [&](Eigen::Index row, Eigen::Index label, Units channels) {
    const auto own = channels_of(passed.row(row).data(), layer.passed, channels);
    const float scale = activity.scale[row];
    goodness(row, label) = scale * scale * own.squaredNorm() / static_cast<float>(own.size());
  });
}

void squares_derive(const Layer& layer, const Activity& activity, const Matrix& by_goodness,
                    Eigen::Ref<Matrix> slopes) {
  const auto passed = activity.passed();
  each_class(layer, passed.rows(), [&](Eigen::Index row, Eigen::Index label, Units channels) {
    const auto own = channels_of(passed.row(row).data(), layer.passed, channels);
    const float factor = 2.0F * activity.scale[row] / static_cast<float>(own.size());
    channels_of(&slopes(row, 0), layer.passed, channels) = factor * by_goodness(row, label) * own;
  });
}

}  // namespace

/// The mean of the squares of what is passed on, of a class's share of the channels (CwC:
/// Papachristodoulou et al. 2024, section 3).
extern const ClassGoodness kSquaresOfGroups = {.name = "squares",
                                               .title = "Squares of its channels",
                                               .of_units = false,
                                               .measure = squares_measure,
                                               .derive = squares_derive};

}  // namespace ff
