#include "ff/config.hpp"

namespace ff {

bool learns_by_softmax(const Config& config) {
  return config.rule != RuleKind::kForwardForward && config.rule != RuleKind::kBackpropPairwise;
}

bool reads_goodness(const Config& config) {
  return !learns_by_softmax(config) && config.negatives != NegativesKind::kHybrid;
}

float label_strength(const Config& config) {
  return reads_goodness(config) ? static_cast<float>(config.label_strength) : 0.0F;
}

}  // namespace ff
