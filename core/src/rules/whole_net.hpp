#pragma once

#include <vector>

#include "../layer/scratch.hpp"
#include "ff/learning_rule.hpp"

// What the rules have in common that look at more than one layer.

namespace ff {

// Every layer's activity at once.
struct WholeNet {
  std::vector<Activity> layers;

  void forward(const Minibatch& minibatch);
  // What feeds layer `index`; for the first, which images feed, any.
  const Activity& below(std::size_t index) const { return layers[index == 0 ? 0 : index - 1]; }
  std::size_t capacity() const;
};

// values [units], in place, times the derivative of a row's activity by the sums before it.
void through_activation(const Activity& activity, Eigen::Index row, float* values);
// The same of values [rows x units].
void through_activation(const Activity& activity, Eigen::Ref<Matrix> values);

// The softmax at the end of the net, on images that carry no label.
class SoftmaxHead {
 public:
  // Mean cross-entropy of the true labels.
  float measure(const Minibatch& minibatch, const std::vector<Activity>& layers);
  // The same by the part of layer `index` alone.
  float measure(const Minibatch& minibatch, std::size_t index, const Activity& activity);

  // [images x classes] derivative of that by the softmax's sums.
  const PanelMatrix& delta() const { return delta_; }

  // Steps the softmax against the gradient of what was last measured.
  void learn(const Minibatch& minibatch, const std::vector<Activity>& layers) const;
  // The same of its part for layer `index` alone, and of its bias.
  void learn_part(const Minibatch& minibatch, std::size_t index, const Activity& activity) const;
  void learn_bias(const Minibatch& minibatch) const;

 private:
  void start(const Minibatch& minibatch);
  float finish(const Minibatch& minibatch);

  Matrix probabilities_;
  PanelMatrix delta_;
};

// One loss for all layers, which have no goodness.
void remember_all(const Minibatch& minibatch, float loss);

}  // namespace ff
