#include "local_perturbation.hpp"

#include <utility>

#include "directions.hpp"
#include "whole_net.hpp"

namespace ff {
namespace {

// Each layer's own loss: the cross-entropy of its own part of the softmax (Ren et al. 2022, section
// 4). How a layer learns from it, subclasses say.
class LocalPerturbation : public LearningRule {
 public:
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override { return above_.capacity() + below_.capacity(); }

 protected:
  // The loss's slope [images] when the sums [images x units] of layer `index` change so; `change`
  // is of no use afterwards.
  const Vector& slopes_by(const Minibatch& minibatch, std::size_t index, Scratch& change);

  const Activity& above() const { return above_; }  // of the layer that learns
  const Activity& below() const { return below_; }  // of the one that feeds it

 private:
  virtual void learn_one(const Minibatch& minibatch, std::size_t index,
                         const OptimiserStep& step) = 0;

  Activity above_, below_;
  Vector slopes_;
  SoftmaxHead head_;
  Matrix logits_change_;
};

void LocalPerturbation::learn(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  const OptimiserStep step =
      optimiser_step(config, config.learning_rate, minibatch.state.step, minibatch.steps);
  for (std::size_t index = 0; index < minibatch.network.layers.size(); ++index) {
    std::swap(above_, below_);
    minibatch.pass.forward(minibatch.network, index, below_, above_);
    remember(minibatch, index, {}, head_.measure(minibatch, index, above_));
    learn_one(minibatch, index, step);
    head_.learn_part(minibatch, index, above_);
  }
  head_.learn_bias(minibatch);  // by the last layer's loss: all others have seen the same one
}

const Vector& LocalPerturbation::slopes_by(const Minibatch& minibatch, std::size_t index,
                                           Scratch& change) {
  through_activation(above_, change.matrix());
  const Layer& layer = minibatch.network.layers[index];
  layer.normalisation->back(layer, true, above_, change.matrix());
  logits_change_.setZero(minibatch.pass.batch().images(), minibatch.network.labels());
  minibatch.pass.add_product({.columns = above_.units().cols()},
                             minibatch.network.softmax.weights[index], change.matrix(),
                             logits_change_);
  slopes_along(head_.delta(), logits_change_, slopes_);
  return slopes_;
}

class LocalWeightPerturbation : public LocalPerturbation {
  void learn_one(const Minibatch& minibatch, std::size_t index,
                 const OptimiserStep& step) override {
    directions_.resize(minibatch.network.layers.size());
    draw_layer(minibatch, index, directions_[index]);
    change_.resize(minibatch.pass.rows(), minibatch.network.layers[index].units());
    minibatch.pass.weigh(minibatch.network, index, directions_[index], below(), change_.matrix());
    update(step, slopes_by(minibatch, index, change_).sum(), directions_[index],
           minibatch.network.layers[index]);
  }

  std::vector<Layer> directions_;  // [layers]
  Scratch change_;
};

class LocalActivityPerturbation : public LocalPerturbation {
  void learn_one(const Minibatch& minibatch, std::size_t index,
                 const OptimiserStep& step) override {
    const Eigen::Index rows = above().units().rows();
    const Eigen::Index units = above().units().cols();
    const int directions = minibatch.network.config.directions;
    delta_.clear(rows, units, minibatch.network.layers[index].fields.count());
    for (int which = 0; which < directions; ++which) {
      draw_signs(minibatch, index, which, above(), signs_);
      change_.resize(rows, units);
      change_.matrix() = signs_.matrix();
      add_guess(slopes_by(minibatch, index, change_), signs_.matrix(), directions, delta_);
    }
    minibatch.pass.learn(index, below(), delta_, step, minibatch.network);
  }

  Scratch signs_, change_;
  PanelMatrix delta_;
};

}  // namespace

std::unique_ptr<LearningRule> make_local_weight_perturbation() {
  return std::make_unique<LocalWeightPerturbation>();
}

std::unique_ptr<LearningRule> make_local_activity_perturbation() {
  return std::make_unique<LocalActivityPerturbation>();
}

}  // namespace ff
