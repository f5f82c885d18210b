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
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override { return above_.capacity() + below_.capacity(); }

 private:
  void run(const Minibatch& minibatch);
  void run_layer(const Minibatch& minibatch, std::size_t index);
  void read(const Minibatch& minibatch, std::size_t index);
  void update_all(const Minibatch& minibatch, float slope);

  Direction direction_;
  Activity above_, below_;         // a layer, and the one that feeds it
  Scratch change_, change_below_;  // of their sums, then of their directions, along direction_
  Matrix logits_, logits_change_;
  PanelMatrix delta_;
  Vector slopes_;
};

void WeightPerturbation::learn(const Minibatch& minibatch) {
  const std::vector<int>& labels = minibatch.pass.batch().labels;
  draw(minibatch, direction_);
  run(minibatch);
  softmax_rows(logits_);
  remember_all(minibatch, cross_entropy(logits_, labels));
  derive_cross_entropy(logits_, labels, delta_);
  slopes_along(delta_, logits_change_, slopes_);
  update_all(minibatch, slopes_.sum());
}

// One pass forward, of the net and of its derivative along the direction.
void WeightPerturbation::run(const Minibatch& minibatch) {
  const SoftmaxLayer& softmax = minibatch.network.softmax;
  const Eigen::Index images = minibatch.pass.batch().images();
  logits_ = softmax.bias.flat().replicate(images, 1);
  logits_change_ = direction_.softmax.bias.flat().replicate(images, 1);
  for (std::size_t index = 0; index < minibatch.network.layers.size(); ++index) {
    std::swap(above_, below_);
    std::swap(change_, change_below_);
    run_layer(minibatch, index);
    if (minibatch.network.counted(index)) read(minibatch, index);
  }
}

void WeightPerturbation::run_layer(const Minibatch& minibatch, std::size_t index) {
  const Layer& layer = minibatch.network.layers[index];
  minibatch.pass.forward(minibatch.network, index, below_, above_);
  change_.resize(minibatch.pass.rows(), layer.units());
  minibatch.pass.weigh(minibatch.network, index, direction_.layers[index], below_,
                       change_.matrix());
  if (index > 0)
    minibatch.pass.add_product(layer.fields, layer.weights, change_below_.matrix(),
                               change_.matrix());
  through_activation(above_, change_.matrix());
  layer.normalisation->back(layer, true, above_, change_.matrix());
}

void WeightPerturbation::read(const Minibatch& minibatch, std::size_t index) {
  const PanelMatrix& weights = minibatch.network.softmax.weights[index];
  minibatch.pass.add_logits(weights, above_, logits_);
  minibatch.pass.add_logits(direction_.softmax.weights[index], above_, logits_change_);
  minibatch.pass.add_product({.columns = weights.rows()}, weights, change_.matrix(),
                             logits_change_);
}

void WeightPerturbation::update_all(const Minibatch& minibatch, float slope) {
  const Config& config = minibatch.network.config;
  const std::int64_t now = minibatch.state.step;
  const OptimiserStep step = optimiser_step(config, config.learning_rate, now, minibatch.steps);
  const OptimiserStep softmax_step =
      optimiser_step(config, config.softmax_rate, now, minibatch.steps);
  each_parameter(
      [&](const ParameterPlace& place, Parameter& parameter, const Parameter& direction) {
        const OptimiserStep& own = place.softmax ? softmax_step : step;
        update(place.is_row() ? own.without_decay() : own, slope, direction, parameter);
      },
      minibatch.network, direction_);
}

}  // namespace

/// The derivative of the loss along one random direction of the weights, times that direction: an
/// unbiased guess of the gradient that needs a forward pass alone (Baydin et al. 2022).
extern const Rule kWeightPerturbation = {.name = "weight_perturbation",
                                         .title = "Perturbed weights",
                                         .make = make_new<WeightPerturbation>,
                                         .make_local = make_local_weight_perturbation,
                                         .by_softmax = true,
                                         .along_changes = true,
                                         .through_layers = true};

}  // namespace ff
