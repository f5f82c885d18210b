#include <utility>

#include "ff/goodness.hpp"
#include "ff/layer_loss.hpp"
#include "ff/learning_rule.hpp"
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
  const Vector& others(const Lesson& lesson, std::size_t index);
  void learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step);

  Activity above_, below_;  // the layer that learns, and the one that feeds it
  Vector input_scale_;
  LayerLoss loss_;
  PanelMatrix delta_;
  Vector collected_, others_;   // what layers add to each other's goodness
  std::vector<Vector> shares_;  // [layers] before any of them learns
};

// Which layers learn in this step, and how far each has come.
struct Turn {
  std::size_t first, last;
  std::int64_t step, steps;
};

Turn turn_of(const Lesson& lesson) {
  const std::size_t layers = lesson.network.layers.size();
  if (lesson.network.config.schedule != ScheduleKind::kInTurn)
    return {.first = 0, .last = layers, .step = lesson.state.step, .steps = lesson.steps};
  const auto count = static_cast<std::int64_t>(layers);
  const std::int64_t layer = lesson.state.step * count / lesson.steps;
  const auto start_of = [&](std::int64_t index) {
    return (lesson.steps * index + count - 1) / count;
  };
  return {.first = static_cast<std::size_t>(layer),
          .last = static_cast<std::size_t>(layer) + 1,
          .step = lesson.state.step - start_of(layer),
          .steps = start_of(layer + 1) - start_of(layer)};
}

void ForwardForward::learn(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  const Turn turn = turn_of(lesson);
  const OptimiserStep step = optimiser_step(config, config.learning_rate, turn.step, turn.steps);
  collected_.resize(0);
  if (config.collaboration == CollaborationKind::kAll) measure_all(lesson);
  for (std::size_t index = 0; index < turn.last; ++index) {
    run(lesson, index);
    if (index >= turn.first) learn_one(lesson, index, step);
  }
}

void ForwardForward::run(const Lesson& lesson, std::size_t index) {
  std::swap(above_, below_);
  forward(lesson.network, index, lesson.images, below_, lesson.work, input_scale_, above_);
}

// A pass beforehand, so that a layer hears of those above it as well.
void ForwardForward::measure_all(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  shares_.resize(lesson.network.layers.size());
  for (std::size_t index = 0; index < shares_.size(); ++index) {
    run(lesson, index);
    measure_goodness(config, above_, shares_[index]);
    shares_[index].array() -= threshold_of(config, above_.units().cols());
    if (index == 0)
      collected_ = shares_[index];
    else
      collected_ += shares_[index];
  }
}

// What other layers add to the goodness of this one (Lorberbom et al. 2024, equation 4): numbers
// that this layer's gradient knows nothing of.
const Vector& ForwardForward::others(const Lesson& lesson, std::size_t index) {
  if (lesson.network.config.collaboration == CollaborationKind::kAll)
    others_ = collected_ - shares_[index];
  else
    others_ = collected_;
  return others_;
}

void ForwardForward::learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step) {
  const Config& config = lesson.network.config;
  const float loss = loss_.judge(config, above_, others(lesson, index));
  note(lesson, index, loss_.goodness(), loss);
  if (config.collaboration == CollaborationKind::kEarlier) {
    if (index == 0)
      collected_ = loss_.share();
    else
      collected_ += loss_.share();
  }
  const Eigen::Index batch = above_.units().rows() / 2;
  if (config.schedule == ScheduleKind::kApart)
    loss_.keep_rows(lesson.state.step / config.phase % 2 == 0 ? 0 : batch, batch);
  loss_.derive(config, above_, delta_);
  add_peer_pull(config, above_, lesson.state.mean_activity[index], delta_);
  learn_layer(index, lesson.images, below_, input_scale_, delta_, step, lesson.work, lesson.network,
              lesson.state.layers[index]);
}

}  // namespace

std::unique_ptr<LearningRule> make_forward_forward() { return std::make_unique<ForwardForward>(); }

}  // namespace ff
