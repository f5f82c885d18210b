#include "ff/goodness.hpp"

namespace ff {

const Goodness kSumOfSquares = {
    .measure = [](const Matrix& activity,
                  Vector& goodness) { goodness = activity.rowwise().squaredNorm(); },
    .derivative =
        [](const Matrix& activity, const Vector& coefficient, Matrix& delta) {
          delta.noalias() = (2.0F * coefficient).asDiagonal() * activity;
        },
    .scale = [](Eigen::Index) { return 1.0F; },
};

}  // namespace ff
