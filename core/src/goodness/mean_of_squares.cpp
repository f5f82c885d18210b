#include "ff/goodness.hpp"

namespace ff {

const Goodness kMeanOfSquares = {
    .measure =
        [](const Activity& activity, Vector& goodness) {
          goodness = activity.square_sum / static_cast<float>(activity.units().cols());
        },
    .derivative =
        [](const Activity& activity, const Vector& coefficient, Units units, PanelView delta) {
          const float scale = 2.0F / static_cast<float>(activity.units().cols());
          delta.noalias() = (scale * coefficient).asDiagonal() *
                            activity.units().middleCols(units.first, units.count);
        },
    .scale = [](Eigen::Index units) { return 1.0F / static_cast<float>(units); },
};

}  // namespace ff
