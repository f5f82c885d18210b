#include "backprop.hpp"
#include "ff/rule.hpp"

namespace ff {
namespace {

class BackpropLabel : public Backprop {
 public:
  void learn(const Lesson& lesson) override {
    Backprop::learn(lesson);
    head_.learn(lesson, net().layers);
  }

 private:
  void judge(const Lesson& lesson) override;
  void derive_by_activity(const Lesson& lesson, std::size_t index,
                          Eigen::Ref<Matrix> gradient) override;

  SoftmaxHead head_;
  Matrix delta_;     // the head's, row after row
  Scratch by_head_;  // derivative by a layer's direction, as far as the softmax sees it
};

void BackpropLabel::judge(const Lesson& lesson) {
  note_all(lesson, head_.judge(lesson, net().layers));
  head_.delta().copy_top_rows(head_.delta().rows(), delta_);
}

void BackpropLabel::derive_by_activity(const Lesson& lesson, std::size_t index,
                                       Eigen::Ref<Matrix> gradient) {
  if (lesson.network.counted(index)) {
    by_head_.resize(gradient.rows(), gradient.cols());
    lesson.pass.derive_below({.columns = gradient.cols()}, lesson.network.softmax.weights[index],
                             delta_, by_head_.matrix());
    gradient += by_head_.matrix();
  }
  through_directions(net().layers[index], gradient);
}

}  // namespace

/// The whole net from the cross-entropy of the softmax at the end of it, by the gradient through
/// all layers.
extern const Rule kBackpropLabel = {.name = "backprop_label",
                                    .title = "Backprop, labels",
                                    .make = make_new<BackpropLabel>,
                                    .make_local = nullptr,
                                    .by_softmax = true,
                                    .through_layers = true};

}  // namespace ff
