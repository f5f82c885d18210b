#include "ff/config.hpp"

#include "ff/negatives.hpp"
#include "ff/rule.hpp"

namespace ff {

bool learns_by_softmax(const Config& config) { return rule(config.rule).by_softmax; }

bool reads_classes(const Config& config) { return rule(config.rule).by_classes; }

bool reads_goodness(const Config& config) {
  return !learns_by_softmax(config) && negatives(config.negatives).add_labels != nullptr;
}

float label_strength(const Config& config) {
  return reads_goodness(config) ? static_cast<float>(config.label_strength) : 0.0F;
}

}  // namespace ff
