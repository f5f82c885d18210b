#include <array>
#include <utility>

#include "../cross_entropy.hpp"
#include "directions.hpp"
#include "ff/rule.hpp"
#include "local_perturbation.hpp"
#include "whole_net.hpp"

namespace ff {
namespace {

class WeightPerturbation : public LearningRule {
 public:
  void learn(const Lesson& lesson) override;
  std::size_t capacity() const override { return above_.capacity() + below_.capacity(); }

 private:
  void run(const Lesson& lesson);
  void run_layer(const Lesson& lesson, std::size_t index);
  void read(const Lesson& lesson, std::size_t index);
  void update_all(const Lesson& lesson, float slope);

  Direction direction_;
  Activity above_, below_;         // a layer, and the one that feeds it
  Scratch change_, change_below_;  // of their sums, then of their directions, along direction_
  Matrix logits_, logits_change_;
  PanelMatrix delta_;
  Vector slopes_;
};

void WeightPerturbation::learn(const Lesson& lesson) {
  const std::vector<int>& labels = lesson.pass.batch().labels;
  draw(lesson, direction_);
  run(lesson);
  softmax_rows(logits_);
  note_all(lesson, cross_entropy(logits_, labels));
  derive_cross_entropy(logits_, labels, delta_);
  slopes_along(delta_, logits_change_, slopes_);
  update_all(lesson, slopes_.sum());
}

// One pass forward, of the net and of its derivative along the direction.
void WeightPerturbation::run(const Lesson& lesson) {
  const SoftmaxLayer& softmax = lesson.network.softmax;
  const Eigen::Index images = lesson.pass.batch().images();
  logits_ = softmax.bias.flat().replicate(images, 1);
  logits_change_ = direction_.softmax.bias.flat().replicate(images, 1);
  for (std::size_t index = 0; index < lesson.network.layers.size(); ++index) {
    std::swap(above_, below_);
    std::swap(change_, change_below_);
    run_layer(lesson, index);
    if (lesson.network.counted(index)) read(lesson, index);
  }
}

void WeightPerturbation::run_layer(const Lesson& lesson, std::size_t index) {
  const Layer& layer = lesson.network.layers[index];
  lesson.pass.forward(lesson.network, index, below_, above_);
  change_.resize(lesson.pass.rows(), layer.units());
  lesson.pass.weigh(lesson.network, index, direction_.layers[index], below_, change_.matrix());
  if (index > 0)
    lesson.pass.add_product(layer.fields, layer.weights, change_below_.matrix(), change_.matrix());
  through_activation(above_, change_.matrix());
  through_directions(above_, change_.matrix());
}

void WeightPerturbation::read(const Lesson& lesson, std::size_t index) {
  const PanelMatrix& weights = lesson.network.softmax.weights[index];
  lesson.pass.add_logits(weights, above_, logits_);
  lesson.pass.add_logits(direction_.softmax.weights[index], above_, logits_change_);
  lesson.pass.add_product({.columns = weights.rows()}, weights, change_.matrix(), logits_change_);
}

void WeightPerturbation::update_all(const Lesson& lesson, float slope) {
  const Config& config = lesson.network.config;
  const std::int64_t now = lesson.state.step;
  const OptimiserStep step = optimiser_step(config, config.learning_rate, now, lesson.steps);
  const OptimiserStep softmax_step = optimiser_step(config, config.softmax_rate, now, lesson.steps);
  each_parameter(
      [&](const ParameterPlace& place, Parameter& parameter, const Parameter& direction) {
        const OptimiserStep& own = place.softmax ? softmax_step : step;
        update(place.bias ? own.without_decay() : own, slope, direction, parameter);
      },
      lesson.network, direction_);
}

}  // namespace

/// The derivative of the loss along one random direction of the weights, times that direction: an
/// unbiased guess of the gradient that needs a forward pass alone (Baydin et al. 2022).
extern const Rule kWeightPerturbation = {.name = "weight_perturbation",
                                         .title = "Perturbed weights",
                                         .make = make_new<WeightPerturbation>,
                                         .make_local = make_local_weight_perturbation,
                                         .by_softmax = true,
                                         .through_layers = true};

}  // namespace ff
