#include "whole_net.hpp"

#include "../cross_entropy.hpp"
#include "../rows.hpp"

namespace ff {
namespace {

OptimiserStep softmax_step(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  return optimiser_step(config, config.softmax_rate, lesson.state.step, lesson.steps);
}

}  // namespace

void WholeNet::forward(const Lesson& lesson) {
  layers.resize(lesson.network.layers.size());
  for (std::size_t index = 0; index < layers.size(); ++index)
    lesson.pass.forward(lesson.network, index, below(index), layers[index]);
}

std::size_t WholeNet::capacity() const {
  std::size_t sum = 0;
  for (const Activity& layer : layers) sum += layer.capacity();
  return sum;
}

void through_directions(const Activity& activity, Eigen::Ref<Matrix> values) {
  const auto units = static_cast<float>(values.cols());
  over_rows(values.rows(), [&](Eigen::Index row) {
    const float scale = activity.scale[row];
    const auto from = activity.units().row(row);
    auto to = values.row(row);
    const float along = scale * scale * from.dot(to) / units;
    to = scale * (to - along * from);
  });
}

void through_activation(const Activity& activity, Eigen::Ref<Matrix> values) {
  over_rows(values.rows(), [&](Eigen::Index row) {
    auto to = values.row(row);
    if (activity.has_slopes())
      to.array() *= activity.slopes().row(row).array();
    else
      to = (activity.units().row(row).array() > 0.0F).select(to, 0.0F);
  });
}

void SoftmaxHead::start(const Lesson& lesson) {
  probabilities_ = lesson.network.softmax.bias.flat().replicate(lesson.pass.batch().images(), 1);
}

float SoftmaxHead::finish(const Lesson& lesson) {
  const std::vector<int>& labels = lesson.pass.batch().labels;
  softmax_rows(probabilities_);
  derive_cross_entropy(probabilities_, labels, delta_);
  return cross_entropy(probabilities_, labels);
}

float SoftmaxHead::judge(const Lesson& lesson, const std::vector<Activity>& layers) {
  start(lesson);
  for (std::size_t index = 0; index < layers.size(); ++index)
    if (lesson.network.counted(index))
      lesson.pass.add_logits(lesson.network.softmax.weights[index], layers[index], probabilities_);
  return finish(lesson);
}

float SoftmaxHead::judge(const Lesson& lesson, std::size_t index, const Activity& activity) {
  start(lesson);
  lesson.pass.add_logits(lesson.network.softmax.weights[index], activity, probabilities_);
  return finish(lesson);
}

void SoftmaxHead::learn(const Lesson& lesson, const std::vector<Activity>& layers) const {
  for (std::size_t index = 0; index < layers.size(); ++index)
    if (lesson.network.counted(index)) learn_part(lesson, index, layers[index]);
  learn_bias(lesson);
}

void SoftmaxHead::learn_part(const Lesson& lesson, std::size_t index,
                             const Activity& activity) const {
  lesson.pass.learn_logits(activity, delta_, softmax_step(lesson),
                           lesson.network.softmax.weights[index]);
}

void SoftmaxHead::learn_bias(const Lesson& lesson) const {
  lesson.pass.learn_bias(delta_, softmax_step(lesson), lesson.network.softmax.bias);
}

void note_all(const Lesson& lesson, float loss) {
  for (std::size_t index = 0; index < lesson.network.layers.size(); ++index)
    note(lesson, index, {}, loss);
}

}  // namespace ff
