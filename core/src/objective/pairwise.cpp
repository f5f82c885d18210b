#include "../logistic.hpp"
#include "../pairs.hpp"
#include "ff/objective.hpp"

namespace ff {

/// SymBa (Lee and Song 2023): softplus(-sharpness (g+ - g-)).
extern const Objective kPairwise = {
    .name = "pairwise",
    .title = "Pairwise softplus",
    .apply =
        [](const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient) {
          return over_pairs(goodness, settings.sharpness, coefficient, [](float lag) {
            return LossAndSlope{softplus(lag), sigmoid(lag)};
          });
        },
    .has_threshold = false,
    .above_zero = false,
};

}  // namespace ff
