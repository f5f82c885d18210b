#include "ff/goodness.hpp"

namespace ff {

const Goodness kSum = {
    .measure =
        [](const Activity& activity, Units units, Vector& measure) {
          measure = activity.units().middleCols(units.first, units.count).rowwise().sum();
        },
    .derivative = [](const Activity&, const Vector& coefficient, Units,
                     PanelView delta) { delta = coefficient.replicate(1, delta.cols()); },
    .zero_when_silent = false,
    .scale = [](Eigen::Index) { return 1.0F; },
};

}  // namespace ff
