#pragma once

#include "../layer/scratch.hpp"
#include "ff/learning_rule.hpp"

namespace ff {

// A loss's gradient on its way down through layers, each of which learns from it.
class Descent {
 public:
  // [rows x outputs] derivative by what the layer at hand passes on.
  Scratch outputs;
  // [rows x units] the same by its activity.
  Scratch units;

  // From `outputs` of layer `index` to its `units`.
  void to_units(const Minibatch& minibatch, std::size_t index, Activity& activity);

  // Layer `index` learns by its `units`. If the gradient goes on, it becomes `outputs` of the layer
  // before, by the weights as they were when the loss was measured.
  void learn(const Minibatch& minibatch, std::size_t index, const Activity& below,
             Activity& activity, bool goes_on);
  // The same by its `outputs`.
  void learn_by_outputs(const Minibatch& minibatch, std::size_t index, const Activity& below,
                        Activity& activity, bool goes_on);

 private:
  template <class Row>
  void to_delta(const Layer& layer, const Activity& activity, const Row& by_units);
  void learn_delta(const Minibatch& minibatch, std::size_t index, const Activity& below);

  Scratch below_, rows_;
  PanelMatrix delta_;
};

}  // namespace ff
