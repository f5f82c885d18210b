#include "ff/goodness.hpp"

namespace ff {

const Goodness kSumOfSquares = {
    .measure = [](const Activity& activity, Vector& goodness) { goodness = activity.square_sum; },
    .derivative =
        [](const Activity& activity, const Vector& coefficient, Units units, PanelView delta) {
          delta.noalias() = (2.0F * coefficient).asDiagonal() *
                            activity.units().middleCols(units.first, units.count);
        },
    .scale = [](Eigen::Index) { return 1.0F; },
};

}  // namespace ff
