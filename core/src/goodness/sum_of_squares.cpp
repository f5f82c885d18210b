#include "ff/goodness.hpp"

namespace ff {

const Goodness kSumOfSquares = {
    .measure = [](const Activity& activity, Vector& goodness) { goodness = activity.square_sum; },
    .derivative =
        [](const Activity& activity, const Vector& coefficient, Matrix& delta) {
          delta.noalias() = (2.0F * coefficient).asDiagonal() * activity.units;
        },
    .scale = [](Eigen::Index) { return 1.0F; },
};

}  // namespace ff
