#include <array>

#include "ff/negatives.hpp"

namespace ff {

void add_wrong_labels(const Matrix* probabilities, Random& random, std::vector<int>& labels) {
  const std::size_t images = labels.size();
  std::array<float, kLabels> weight{};
  for (std::size_t row = 0; row < images; ++row) {
    const int truth = labels[row];
    float sum = 0.0F;
    for (int label = 0; label < kLabels; ++label) {
      float& here = weight.at(static_cast<std::size_t>(label));
      here =
          probabilities == nullptr ? 1.0F : (*probabilities)(static_cast<Eigen::Index>(row), label);
      if (label == truth) here = 0.0F;
      sum += here;
    }
    float left = static_cast<float>(random.real()) * sum;
    int chosen = truth == 0 ? 1 : 0;
    for (int label = chosen; label < kLabels && left >= 0.0F; ++label) {
      if (label == truth) continue;
      chosen = label;
      left -= weight.at(static_cast<std::size_t>(label));
    }
    labels.push_back(chosen);
  }
}

}  // namespace ff
