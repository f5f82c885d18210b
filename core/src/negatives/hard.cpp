#include "ff/negatives.hpp"
#include "negatives/wrong_labels.hpp"

namespace ff {

/// Wrong labels that the softmax finds likely (Hinton 2022, section 3.3).
extern const Negatives kHard = {
    .name = "hard",
    .title = "Likely wrong labels",
    .add_labels =
        [](std::span<const int> choices, const Matrix& probabilities, Random& random,
           std::vector<int>& labels) {
          add_wrong_labels(choices, random, labels, [&](std::size_t row, int label) {
            return probabilities(static_cast<Eigen::Index>(row), label);
          });
        },
    .add_pictures = nullptr,
    .by_softmax = true};

}  // namespace ff
