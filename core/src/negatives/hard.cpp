#include "ff/negatives.hpp"
#include "negatives/wrong_labels.hpp"

namespace ff {

/// Wrong labels that the softmax finds likely (Hinton 2022, section 3.3).
extern const Negatives kHard = {.name = "hard",
                                .title = "Likely wrong labels",
                                .add_labels = add_likely_labels,
                                .add_pictures = nullptr,
                                .by_softmax = true};

}  // namespace ff
