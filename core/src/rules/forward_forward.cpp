#include <utility>

#include "../learning_layers.hpp"
#include "ff/goodness.hpp"
#include "ff/layer_loss.hpp"
#include "ff/learning_rule.hpp"
#include "ff/rule.hpp"
#include "peer_pull.hpp"

namespace ff {
namespace {

class ForwardForward : public LearningRule {
 public:
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override { return above_.capacity() + below_.capacity(); }

 private:
  void run(const Minibatch& minibatch, std::size_t index);
  void measure_all(const Minibatch& minibatch);
  void measure_share(const Config& config, std::size_t index);
  void collect(const Vector& share, std::size_t index);
  const Vector& others(const Minibatch& minibatch, std::size_t index);
  void learn_one(const Minibatch& minibatch, std::size_t index, const OptimiserStep& step);

  Activity above_, below_;  // the layer that learns, and the one that feeds it
  LayerLoss loss_;
  PanelMatrix delta_;
  Vector collected_, others_;  // what layers add to each other's goodness
  const Vector nothing_;
  std::vector<Vector> shares_;  // [layers] before any of them learns
};

void ForwardForward::learn(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  const LearningLayers learning = learning_layers(config, minibatch.state.step, minibatch.steps);
  const OptimiserStep step =
      optimiser_step(config, config.learning_rate, learning.step, learning.steps);
  if (config.collaboration == CollaborationKind::kAll) measure_all(minibatch);
  for (std::size_t index = 0; index < learning.last; ++index) {
    run(minibatch, index);
    if (index >= learning.first) {
      learn_one(minibatch, index, step);
    } else if (config.collaboration == CollaborationKind::kEarlier) {
      measure_share(config, index);
      collect(shares_[index], index);
    }
  }
}

void ForwardForward::run(const Minibatch& minibatch, std::size_t index) {
  std::swap(above_, below_);
  minibatch.pass.forward(minibatch.network, index, below_, above_);
}

// A pass beforehand, so that a layer hears of those above it as well.
void ForwardForward::measure_all(const Minibatch& minibatch) {
  for (std::size_t index = 0; index < minibatch.network.layers.size(); ++index) {
    run(minibatch, index);
    measure_share(minibatch.network.config, index);
    collect(shares_[index], index);
  }
}

// What the layer that was just run adds to the goodness of others.
void ForwardForward::measure_share(const Config& config, std::size_t index) {
  shares_.resize(config.layers.size());
  measure_goodness(config, above_, shares_[index]);
  shares_[index].array() -= threshold_of(config, above_.units().cols());
}

// Layers are collected from the first on.
void ForwardForward::collect(const Vector& share, std::size_t index) {
  if (index == 0)
    collected_ = share;
  else
    collected_ += share;
}

// What other layers add to the goodness of this one (Lorberbom et al. 2024, equation 4): numbers
// that this layer's gradient knows nothing of.
const Vector& ForwardForward::others(const Minibatch& minibatch, std::size_t index) {
  switch (minibatch.network.config.collaboration) {
    case CollaborationKind::kNone:
      return nothing_;
    case CollaborationKind::kEarlier:
      return index == 0 ? nothing_ : collected_;
    case CollaborationKind::kAll:
      others_ = collected_ - shares_[index];
      return others_;
  }
  return nothing_;
}

void ForwardForward::learn_one(const Minibatch& minibatch, std::size_t index,
                               const OptimiserStep& step) {
  const Config& config = minibatch.network.config;
  Layer& layer = minibatch.network.layers[index];
  const float loss = loss_.measure(config, layer, above_, others(minibatch, index));
  remember(minibatch, index, loss_.goodness(), loss);
  if (config.collaboration == CollaborationKind::kEarlier) collect(loss_.share(), index);
  const Eigen::Index batch = above_.units().rows() / 2;
  const bool apart = config.schedule == ScheduleKind::kApart;
  const bool positives = !apart || minibatch.state.step / config.phase % 2 == 0;
  if (apart) loss_.keep_rows(positives ? 0 : batch, batch);
  loss_.derive(config, layer, above_, delta_);
  if (positives) add_peer_pull(config, above_, layer.mean_activity, delta_);
  minibatch.pass.learn(index, below_, delta_, step, minibatch.network);
}

}  // namespace

/// Each layer from its own loss: nothing flows backward (Hinton 2022).
extern const Rule kForwardForward = {.name = "forward_forward",
                                     .title = "Forward-forward",
                                     .make = make_new<ForwardForward>,
                                     .make_local = nullptr,
                                     .by_softmax = false,
                                     .through_layers = false};

}  // namespace ff
