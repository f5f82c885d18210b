#include "cross_entropy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ff {

float cross_entropy(const Matrix& probabilities, const std::vector<int>& labels) {
  double sum = 0.0;
  for (Eigen::Index row = 0; row < probabilities.rows(); ++row) {
    const float truth = probabilities(row, labels[static_cast<std::size_t>(row)]);
    // What rounding has made impossible would cost without end.
    sum -= std::log(static_cast<double>(std::max(truth, std::numeric_limits<float>::min())));
  }
  return static_cast<float>(sum / static_cast<double>(probabilities.rows()));
}

// The probabilities less the true label.
void derive_cross_entropy(const Matrix& probabilities, const std::vector<int>& labels,
                          PanelMatrix& delta) {
  const auto images = static_cast<Eigen::Index>(labels.size());
  delta.resize(probabilities.rows(), probabilities.cols());
  for (Eigen::Index row = 0; row < probabilities.rows(); ++row)
    for (Eigen::Index label = 0; label < probabilities.cols(); ++label) {
      const bool truth = row < images && label == labels[static_cast<std::size_t>(row)];
      const float off = probabilities(row, label) - (truth ? 1.0F : 0.0F);
      delta(row, label) = row < images ? off / static_cast<float>(images) : 0.0F;
    }
}

}  // namespace ff
