#pragma once

#include <vector>

#include "ff/learning_rule.hpp"
#include "scratch.hpp"

// What the rules have in common that look at more than one layer.

namespace ff {

// Every layer's activity at once.
struct WholeNet {
  std::vector<Activity> layers;

  void forward(const Lesson& lesson);
  // What feeds layer `index`; for the first, which images feed, any.
  const Activity& below(std::size_t index) const { return layers[index == 0 ? 0 : index - 1]; }
  std::size_t capacity() const;
};

// values [rows x units], in place, times the derivative of each row's direction by its activity:
// with direction = scale * activity and n units, scale (v - direction (direction . v) / n). It is
// symmetric, so a change of the activity becomes that of the direction, and a loss's derivative by
// the direction that by the activity.
void through_directions(const Activity& activity, Eigen::Ref<Matrix> values);

// The same with the derivative of the activity by the sums before it.
void through_activation(const Activity& activity, Eigen::Ref<Matrix> values);

// The softmax at the end of the net, on images that carry no label.
class SoftmaxHead {
 public:
  // Mean cross-entropy of the true labels.
  float judge(const Lesson& lesson, const std::vector<Activity>& layers);
  // The same by the part of layer `index` alone.
  float judge(const Lesson& lesson, std::size_t index, const Activity& activity);

  // [images x classes] derivative of that by the softmax's sums.
  const PanelMatrix& delta() const { return delta_; }

  // Steps the softmax against the gradient of what was last judged.
  void learn(const Lesson& lesson, const std::vector<Activity>& layers) const;
  // The same of its part for layer `index` alone, and of its bias.
  void learn_part(const Lesson& lesson, std::size_t index, const Activity& activity) const;
  void learn_bias(const Lesson& lesson) const;

 private:
  void start(const Lesson& lesson);
  float finish(const Lesson& lesson);

  Matrix probabilities_;
  PanelMatrix delta_;
};

// One loss for all layers, which have no goodness.
void note_all(const Lesson& lesson, float loss);

}  // namespace ff
