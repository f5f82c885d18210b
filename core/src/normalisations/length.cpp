#include "../rows.hpp"
#include "ff/normalisation.hpp"

namespace ff {
namespace {

void length_apply(const Layer&, bool, Activity& activity) { activity.normalise(); }

// With direction = scale * activity and n numbers, the derivative is
// scale (v - direction (direction . v) / n).
void length_back(const Layer&, bool, Activity& activity, Eigen::Ref<Matrix> slopes) {
  const auto numbers = static_cast<float>(slopes.cols());
  over_rows(slopes.rows(), [&](Eigen::Index row) {
    const float scale = activity.scale[row];
    const auto from = activity.passed().row(row);
    auto to = slopes.row(row);
    const float along = scale * scale * from.dot(to) / numbers;
    to = scale * (to - along * from);
  });
}

}  // namespace

/// Only the direction of a row is passed on, with mean square 1 (Hinton 2022, section 2).
extern const Normalisation kLengthNormalisation = {.name = "length",
                                                   .title = "Length of a row",
                                                   .of_batch = false,
                                                   .apply = length_apply,
                                                   .back = length_back};

}  // namespace ff
