#pragma once

#include "whole_net.hpp"

namespace ff {

// One loss for the whole net, and its gradient carried backward through all layers (Rumelhart,
// Hinton and Williams 1986): what forward-forward does without, for comparison. What the loss is,
// subclasses say.
class Backprop : public LearningRule {
 public:
  void learn(const Lesson& lesson) override;
  std::size_t capacity() const override { return net_.capacity(); }

 protected:
  const WholeNet& net() const { return net_; }

 private:
  // Measures the loss of net() and notes it.
  virtual void judge(const Lesson& lesson) = 0;
  // gradient [rows x units] comes as the loss's derivative by the direction of layer `index`, as
  // far as the next layer depends on it, and leaves as the whole derivative by its activity.
  virtual void derive_by_activity(const Lesson& lesson, std::size_t index,
                                  Eigen::Ref<Matrix> gradient) = 0;

  WholeNet net_;
  Scratch gradient_, below_;  // of the layer at hand, and of the one that feeds it
  PanelMatrix delta_;
};

}  // namespace ff
