#include "backprop.hpp"
#include "ff/rule.hpp"

namespace ff {
namespace {

class BackpropLabel : public Backprop {
 public:
  void learn(const Minibatch& minibatch) override {
    Backprop::learn(minibatch);
    head_.learn(minibatch, net().layers);
  }

 private:
  void measure_loss(const Minibatch& minibatch) override;
  void add_by_outputs(const Minibatch& minibatch, std::size_t index, Scratch& outputs) override;

  SoftmaxHead head_;
  Matrix delta_;     // the head's, row after row
  Scratch by_head_;  // derivative by what a layer passes on, as far as the softmax sees it
};

void BackpropLabel::measure_loss(const Minibatch& minibatch) {
  remember_all(minibatch, head_.measure(minibatch, net().layers));
  head_.delta().copy_top_rows(head_.delta().rows(), delta_);
}

void BackpropLabel::add_by_outputs(const Minibatch& minibatch, std::size_t index,
                                   Scratch& outputs) {
  if (!minibatch.network.counted(index)) return;
  auto gradient = outputs.matrix();
  by_head_.resize(gradient.rows(), gradient.cols());
  minibatch.pass.derive_below({.columns = gradient.cols()},
                              minibatch.network.softmax.weights[index], delta_, by_head_.matrix());
  gradient += by_head_.matrix();
}

}  // namespace

/// The whole net from the cross-entropy of the softmax at the end of it, by the gradient through
/// all layers.
extern const Rule kBackpropLabel = {.name = "backprop_label",
                                    .title = "Backprop, labels",
                                    .make = make_new<BackpropLabel>,
                                    .make_local = nullptr,
                                    .by_softmax = true,
                                    .descends = true,
                                    .through_layers = true};

}  // namespace ff
