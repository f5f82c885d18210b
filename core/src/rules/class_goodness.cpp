#include "ff/class_goodness.hpp"

#include <algorithm>
#include <span>

#include "../cross_entropy.hpp"
#include "descent.hpp"
#include "ff/rule.hpp"

namespace ff {
namespace {

class ClassGoodnessRule : public LearningRule {
 public:
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override;

 private:
  float measure_loss(const Minibatch& minibatch, std::size_t last, const Activity& activity);
  void learn_span(const Minibatch& minibatch, std::size_t first, std::size_t last);
  void derive(const Minibatch& minibatch, std::size_t last, Activity& activity);

  // [1 + layers of a span] of the layer before, then of each.
  std::vector<Activity> activity_;
  Matrix goodness_;     // [images x classes], and then what the softmax makes of it
  PanelMatrix delta_;   // derivative of the loss by goodness
  Matrix by_goodness_;  // the same, row after row
  Descent descent_;
};

void ClassGoodnessRule::learn(const Minibatch& minibatch) {
  const Network& network = minibatch.network;
  activity_.resize(static_cast<std::size_t>(network.config.span) + 1);
  std::size_t first = 0;
  for (std::size_t last = 0; last < network.layers.size(); ++last) {
    if (!network.ends_span(last)) continue;
    learn_span(minibatch, first, last);
    std::swap(activity_.front(), activity_[last + 1 - first]);
    first = last + 1;
  }
}

std::size_t ClassGoodnessRule::capacity() const {
  std::size_t sum = 0;
  for (const Activity& layer : activity_) sum += layer.capacity();
  return sum;
}

void ClassGoodnessRule::learn_span(const Minibatch& minibatch, std::size_t first,
                                   std::size_t last) {
  const Config& config = minibatch.network.config;
  const auto of = [&](std::size_t index) -> Activity& { return activity_[index + 1 - first]; };
  for (std::size_t index = first; index <= last; ++index)
    minibatch.pass.forward(minibatch.network, index, activity_[index - first], of(index));
  const float loss = measure_loss(minibatch, last, of(last));
  for (std::size_t index = first; index <= last; ++index) remember(minibatch, index, {}, loss);
  const std::span layers = std::span(minibatch.network.layers).subspan(first, last + 1 - first);
  if (std::ranges::none_of(layers, [&](const Layer& one) { return minibatch.pass.learns(one); }))
    return;
  derive(minibatch, last, of(last));
  for (std::size_t index = last + 1; index-- > first;) {
    const bool by_units = index == last && class_goodness(config.class_goodness).of_units;
    const auto learn = by_units ? &Descent::learn : &Descent::learn_by_outputs;
    (descent_.*learn)(minibatch, index, activity_[index - first], of(index), index > first);
  }
}

float ClassGoodnessRule::measure_loss(const Minibatch& minibatch, std::size_t last,
                                      const Activity& activity) {
  const auto sharpness = static_cast<float>(minibatch.network.config.sharpness);
  const std::vector<int>& labels = minibatch.pass.batch().labels;
  measure_classes(minibatch.network, last, activity, minibatch.pass, goodness_);
  goodness_ *= sharpness;
  softmax_rows(goodness_);
  derive_cross_entropy(goodness_, labels, delta_);
  for (Eigen::Index panel = 0; panel < delta_.panels(); ++panel) delta_.view(panel) *= sharpness;
  return cross_entropy(goodness_, labels);
}

// From goodness to the activity of the layer that has it.
void ClassGoodnessRule::derive(const Minibatch& minibatch, std::size_t last, Activity& activity) {
  Network& network = minibatch.network;
  const Layer& layer = network.layers[last];
  const ClassGoodness& kind = class_goodness(network.config.class_goodness);
  delta_.copy_top_rows(delta_.rows(), by_goodness_);
  Scratch& slopes = kind.of_units ? descent_.units : descent_.outputs;
  slopes.resize(delta_.rows(), kind.of_units ? layer.units() : layer.outputs());
  if (kind.derive != nullptr) {
    kind.derive(layer, activity, by_goodness_, slopes.matrix());
  } else {
    Parameter& weights = network.softmax.weights[last];
    minibatch.pass.derive_below({.columns = weights.rows()}, weights, by_goodness_,
                                slopes.matrix());
    const OptimiserStep step = optimiser_step(network.config, network.config.softmax_rate,
                                              minibatch.state.step, minibatch.steps);
    if (minibatch.pass.learns(layer)) minibatch.pass.learn_logits(activity, delta_, step, weights);
  }
}

}  // namespace

/// Each layer, or each few, from the cross-entropy of a goodness for every class: no negatives, no
/// label in the input, and nothing flows backward between them (Papachristodoulou et al. 2024;
/// Gong et al. 2025; Sun et al. 2025). With a span of all layers it is backprop.
extern const Rule kClassGoodness = {.name = "class_goodness",
                                    .title = "Class goodness",
                                    .make = make_new<ClassGoodnessRule>,
                                    .make_local = nullptr,
                                    .by_softmax = true,
                                    .by_classes = true,
                                    .descends = true,
                                    .through_layers = false};

}  // namespace ff
