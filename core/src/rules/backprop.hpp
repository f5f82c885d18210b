#pragma once

#include "descent.hpp"
#include "whole_net.hpp"

namespace ff {

// One loss for the whole net, and its gradient carried backward through all layers (Rumelhart,
// Hinton and Williams 1986): what forward-forward does without, for comparison. What the loss is,
// subclasses say.
class Backprop : public LearningRule {
 public:
  void learn(const Minibatch& minibatch) override;
  std::size_t capacity() const override { return net_.capacity(); }

 protected:
  const WholeNet& net() const { return net_; }

 private:
  // Measures the loss of net() and notes it.
  virtual void measure_loss(const Minibatch& minibatch) = 0;
  // Adds to the loss's derivatives by what layer `index` passes on, as far as the next layer
  // depends on it [rows x outputs], and by its activity [rows x units], what is the layer's own.
  virtual void add_by_outputs(const Minibatch&, std::size_t, Scratch&) {}
  virtual void add_by_units(const Minibatch&, std::size_t, Scratch&) {}

  WholeNet net_;
  Descent descent_;
};

}  // namespace ff
