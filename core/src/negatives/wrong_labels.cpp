#include "ff/negatives.hpp"

namespace ff {

void add_wrong_labels(std::span<const int> choices, const Matrix* probabilities, Random& random,
                      std::vector<int>& labels) {
  const std::size_t images = labels.size();
  for (std::size_t row = 0; row < images; ++row) {
    const int truth = labels[row];
    const auto weight = [&](int label) {
      if (label == truth) return 0.0F;
      return probabilities == nullptr ? 1.0F
                                      : (*probabilities)(static_cast<Eigen::Index>(row), label);
    };
    float sum = 0.0F;
    for (const int label : choices) sum += weight(label);
    float left = static_cast<float>(random.real()) * sum;
    int chosen = truth == choices[0] ? choices[1] : choices[0];
    for (std::size_t choice = 0; choice < choices.size() && left >= 0.0F; ++choice) {
      if (choices[choice] == truth) continue;
      chosen = choices[choice];
      left -= weight(chosen);
    }
    labels.push_back(chosen);
  }
}

}  // namespace ff
