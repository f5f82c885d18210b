#include "ff/negatives.hpp"
#include "negatives/wrong_labels.hpp"

namespace ff {

/// Any wrong label, all alike.
extern const Negatives kUniform = {
    .name = "uniform",
    .title = "Any wrong label",
    .add_labels =
        [](std::span<const int> choices, const Matrix&, Random& random, std::vector<int>& labels) {
          add_wrong_labels(choices, random, labels, [](std::size_t, int) { return 1.0F; });
        },
    .add_pictures = nullptr,
    .by_softmax = false};

}  // namespace ff
