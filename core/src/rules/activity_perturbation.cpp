#include <utility>

#include "directions.hpp"
#include "ff/rule.hpp"
#include "local_perturbation.hpp"
#include "whole_net.hpp"

namespace ff {
namespace {

class ActivityPerturbation : public LearningRule {
 public:
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override { return net_.capacity(); }

 private:
  void guess(const Minibatch& minibatch, int which);
  void run_along(const Minibatch& minibatch, int which);

  WholeNet net_;
  SoftmaxHead head_;
  std::vector<Scratch> signs_;     // [layers] what each sample's sums are perturbed by
  Scratch change_, change_below_;  // of a layer's directions, and of those of the one below
  Matrix logits_change_;
  Vector slopes_;
  std::vector<PanelMatrix> deltas_;  // [layers] the mean of all guesses
};

void ActivityPerturbation::learn(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  const OptimiserStep step =
      optimiser_step(config, config.learning_rate, minibatch.state.step, minibatch.steps);
  net_.forward(minibatch);
  remember_all(minibatch, head_.measure(minibatch, net_.layers));
  deltas_.resize(net_.layers.size());
  for (std::size_t index = 0; index < net_.layers.size(); ++index)
    deltas_[index].clear(net_.layers[index].units().rows(), net_.layers[index].units().cols(),
                         minibatch.network.layers[index].fields.count());
  for (int which = 0; which < config.directions; ++which) guess(minibatch, which);
  for (std::size_t index = 0; index < net_.layers.size(); ++index)
    minibatch.pass.learn(index, net_.below(index), deltas_[index], step, minibatch.network);
  head_.learn(minibatch, net_.layers);
}

void ActivityPerturbation::guess(const Minibatch& minibatch, int which) {
  run_along(minibatch, which);
  slopes_along(head_.delta(), logits_change_, slopes_);
  for (std::size_t index = 0; index < net_.layers.size(); ++index)
    add_guess(slopes_, signs_[index].matrix(), minibatch.network.config.directions, deltas_[index]);
}

// How the softmax's sums change when those of all layers change by their signs at once.
void ActivityPerturbation::run_along(const Minibatch& minibatch, int which) {
  const Network& network = minibatch.network;
  signs_.resize(net_.layers.size());
  logits_change_.setZero(minibatch.pass.batch().images(), minibatch.network.labels());
  for (std::size_t index = 0; index < net_.layers.size(); ++index) {
    Activity& activity = net_.layers[index];
    const Layer& layer = network.layers[index];
    draw_signs(minibatch, index, which, activity, signs_[index]);
    std::swap(change_, change_below_);
    change_.resize(activity.units().rows(), activity.units().cols());
    change_.matrix() = signs_[index].matrix();
    if (index > 0)
      minibatch.pass.add_product(layer.fields, layer.weights, change_below_.matrix(),
                                 change_.matrix());
    through_activation(activity, change_.matrix());
    layer.normalisation->back(layer, true, activity, change_.matrix());
    if (network.counted(index))
      minibatch.pass.add_product({.columns = activity.units().cols()},
                                 network.softmax.weights[index], change_.matrix(), logits_change_);
  }
}

}  // namespace

/// The same of each sample's weighted sums, of which there are fewer than weights (Ren et al.
/// 2022). The softmax, next to the loss, learns by its gradient.
extern const Rule kActivityPerturbation = {.name = "activity_perturbation",
                                           .title = "Perturbed activity",
                                           .make = make_new<ActivityPerturbation>,
                                           .make_local = make_local_activity_perturbation,
                                           .by_softmax = true,
                                           .along_changes = true,
                                           .through_layers = true};

}  // namespace ff
