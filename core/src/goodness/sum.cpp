#include "ff/goodness.hpp"

namespace ff {

/// The activities themselves, not squared (Hinton 2022, section 6).
extern const Goodness kSum = {
    .name = "sum",
    .title = "Plain sum",
    .measure =
        [](const Activity& activity, Units units, Vector& measure) {
          measure = activity.units().middleCols(units.first, units.count).rowwise().sum();
        },
    .derivative = [](const Activity&, const Vector& coefficient, Units,
                     PanelView delta) { delta = coefficient.replicate(1, delta.cols()); },
    .zero_when_silent = false,
    .signed_as_units = true,
    .scale = [](Eigen::Index) { return 1.0F; },
};

}  // namespace ff
