#include "ff/goodness.hpp"

namespace ff {

const Goodness kMeanOfSquares = {
    .measure =
        [](const Matrix& activity, Vector& goodness) {
          goodness = activity.rowwise().squaredNorm() / static_cast<float>(activity.cols());
        },
    .derivative =
        [](const Matrix& activity, const Vector& coefficient, Matrix& delta) {
          const float scale = 2.0F / static_cast<float>(activity.cols());
          delta.noalias() = (scale * coefficient).asDiagonal() * activity;
        },
    .scale = [](Eigen::Index units) { return 1.0F / static_cast<float>(units); },
};

}  // namespace ff
