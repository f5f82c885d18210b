#include "../logistic.hpp"
#include "../pairs.hpp"
#include "ff/objective.hpp"

namespace ff {

const Objective kPairwise = {
    .apply =
        [](const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient) {
          return over_pairs(goodness, settings.sharpness, coefficient, [](float lag) {
            return LossAndSlope{softplus(lag), sigmoid(lag)};
          });
        },
    .has_threshold = false,
};

}  // namespace ff
