#include "../logistic.hpp"
#include "../pairs.hpp"
#include "ff/objective.hpp"

namespace ff {

const Objective kSwish = {
    .apply =
        [](const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient) {
          return over_pairs(goodness, settings.sharpness, coefficient, [](float lag) {
            const float p = sigmoid(lag);
            return LossAndSlope{lag * p, p * (1.0F + lag * (1.0F - p))};
          });
        },
    .has_threshold = false,
};

}  // namespace ff
