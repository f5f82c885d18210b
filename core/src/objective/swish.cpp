#include "../logistic.hpp"
#include "../pairs.hpp"
#include "ff/objective.hpp"

namespace ff {

/// SymBa with swish(x) = x sigmoid(x) for softplus: once g+ leads by a margin it asks no more.
extern const Objective kSwish = {
    .name = "swish",
    .title = "Pairwise swish",
    .apply =
        [](const Vector& goodness, const ObjectiveSettings& settings, Vector& coefficient) {
          return over_pairs(goodness, settings.sharpness, coefficient, [](float lag) {
            const float p = sigmoid(lag);
            return LossAndSlope{lag * p, p * (1.0F + lag * (1.0F - p))};
          });
        },
    .has_threshold = false,
    .above_zero = false,
};

}  // namespace ff
