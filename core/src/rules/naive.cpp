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
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override { return one_pass_.capacity(); }

 private:
  float measure_loss(const Minibatch& minibatch);
  void move(float distance, Network& network) const;

  OnePass one_pass_;
  Direction direction_;
};

void Naive::learn(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  const auto rate = static_cast<float>(config.learning_rate *
                                       rate_share(config, minibatch.state.step, minibatch.steps));
  draw(minibatch, direction_);
  const float before = measure_loss(minibatch);
  remember_all(minibatch, before);
  move(rate, minibatch.network);
  if (!(measure_loss(minibatch) < before)) move(-2.0F * rate, minibatch.network);
}

float Naive::measure_loss(const Minibatch& minibatch) {
  return cross_entropy(one_pass_.run(minibatch.network, minibatch.pass),
                       minibatch.pass.batch().labels);
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
