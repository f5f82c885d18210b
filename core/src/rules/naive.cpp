#include "../cross_entropy.hpp"
#include "directions.hpp"
#include "ff/one_pass.hpp"
#include "ff/rule.hpp"
#include "ff/threads.hpp"
#include "whole_net.hpp"

namespace ff {
namespace {

class Naive : public LearningRule {
 public:
  void learn(const Lesson& lesson) override;
  std::size_t capacity() const override { return one_pass_.capacity(); }

 private:
  float judge(const Lesson& lesson);
  void move(float distance, Network& network) const;

  OnePass one_pass_;
  Direction direction_;
};

void Naive::learn(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  const auto rate = static_cast<float>(
      config.learning_rate * schedule(config.decay_start, lesson.state.step, lesson.steps));
  draw(lesson, direction_);
  const float before = judge(lesson);
  note_all(lesson, before);
  move(rate, lesson.network);
  if (!(judge(lesson) < before)) move(-2.0F * rate, lesson.network);
}

float Naive::judge(const Lesson& lesson) {
  return cross_entropy(one_pass_.run(lesson.network, lesson.pass), lesson.pass.batch().labels);
}

void Naive::move(float distance, Network& network) const {
  each_parameter(
      [&](const ParameterPlace&, Parameter& parameter, const Parameter& direction) {
        ++parameter.version;
        parallel_for(parameter.panels(), [&](std::int64_t panel) {
          parameter.view(panel) += distance * direction.view(panel);
        });
      },
      network, direction_);
}

}  // namespace

/// A random step of all weights, kept if it lowers the softmax's cross-entropy on the minibatch and
/// taken the other way if not. Nothing is derived, so anything may stand between two layers.
extern const Rule kNaive = {.name = "naive",
                            .title = "Random steps",
                            .make = make_new<Naive>,
                            .make_local = nullptr,
                            .by_softmax = true,
                            .through_layers = false};

}  // namespace ff
