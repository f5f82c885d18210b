#include <utility>

#include "../turn.hpp"
#include "ff/goodness.hpp"
#include "ff/layer_loss.hpp"
#include "ff/learning_rule.hpp"
#include "ff/rule.hpp"
#include "peer_pull.hpp"

namespace ff {
namespace {

class ForwardForward : public LearningRule {
 public:
  void learn(const Lesson& lesson) override;
  std::size_t capacity() const override { return above_.capacity() + below_.capacity(); }

 private:
  void run(const Lesson& lesson, std::size_t index);
  void measure_all(const Lesson& lesson);
  void measure_share(const Config& config, std::size_t index);
  void collect(const Vector& share, std::size_t index);
  const Vector& others(const Lesson& lesson, std::size_t index);
  void learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step);

  Activity above_, below_;  // the layer that learns, and the one that feeds it
  LayerLoss loss_;
  PanelMatrix delta_;
  Vector collected_, others_;  // what layers add to each other's goodness
  const Vector nothing_;
  std::vector<Vector> shares_;  // [layers] before any of them learns
};

void ForwardForward::learn(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  const Turn turn = turn_of(config, lesson.state.step, lesson.steps);
  const OptimiserStep step = optimiser_step(config, config.learning_rate, turn.step, turn.steps);
  if (config.collaboration == CollaborationKind::kAll) measure_all(lesson);
  for (std::size_t index = 0; index < turn.last; ++index) {
    run(lesson, index);
    if (index >= turn.first) {
      learn_one(lesson, index, step);
    } else if (config.collaboration == CollaborationKind::kEarlier) {
      measure_share(config, index);
      collect(shares_[index], index);
    }
  }
}

void ForwardForward::run(const Lesson& lesson, std::size_t index) {
  std::swap(above_, below_);
  lesson.pass.forward(lesson.network, index, below_, above_);
}

// A pass beforehand, so that a layer hears of those above it as well.
void ForwardForward::measure_all(const Lesson& lesson) {
  for (std::size_t index = 0; index < lesson.network.layers.size(); ++index) {
    run(lesson, index);
    measure_share(lesson.network.config, index);
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
const Vector& ForwardForward::others(const Lesson& lesson, std::size_t index) {
  switch (lesson.network.config.collaboration) {
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

void ForwardForward::learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step) {
  const Config& config = lesson.network.config;
  Layer& layer = lesson.network.layers[index];
  const float loss = loss_.judge(config, layer, above_, others(lesson, index));
  note(lesson, index, loss_.goodness(), loss);
  if (config.collaboration == CollaborationKind::kEarlier) collect(loss_.share(), index);
  const Eigen::Index batch = above_.units().rows() / 2;
  const bool apart = config.schedule == ScheduleKind::kApart;
  const bool positives = !apart || lesson.state.step / config.phase % 2 == 0;
  if (apart) loss_.keep_rows(positives ? 0 : batch, batch);
  loss_.derive(config, layer, above_, delta_);
  if (positives) add_peer_pull(config, above_, layer.mean_activity, delta_);
  lesson.pass.learn(index, below_, delta_, step, lesson.network);
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
