#include "whole_net.hpp"

#include "../cross_entropy.hpp"
#include "../rows.hpp"

namespace ff {

void WholeNet::forward(const Lesson& lesson) {
  layers.resize(lesson.network.layers.size());
  for (std::size_t index = 0; index < layers.size(); ++index)
    ff::forward(lesson.network, index, lesson.images, below(index), lesson.work, input_scale,
                layers[index]);
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

void add_product(const Eigen::Ref<const Matrix>& left, const PanelMatrix& weights, Workspace& work,
                 Scratch& product, Eigen::Ref<Matrix> sum) {
  product.resize(sum.rows(), sum.cols());
  multiply(pack_rows(left, Zeros::kKeep, work), weights, plain(product.matrix()));
  sum += product.matrix();
}

float SoftmaxHead::judge(const Lesson& lesson, const std::vector<Activity>& layers) {
  const SoftmaxLayer& softmax = lesson.network.softmax;
  const std::vector<int>& labels = lesson.images.batch.labels;
  probabilities_ = softmax.bias.replicate(lesson.images.batch.images(), 1);
  for (std::size_t index = 0; index < layers.size(); ++index)
    if (lesson.network.counted(index))
      add_logits(softmax.weights[index], layers[index], lesson.work, probabilities_);
  softmax_rows(probabilities_);
  derive_cross_entropy(probabilities_, labels, delta_);
  return cross_entropy(probabilities_, labels);
}

void SoftmaxHead::learn(const Lesson& lesson, const std::vector<Activity>& layers) const {
  const Config& config = lesson.network.config;
  const OptimiserStep step =
      optimiser_step(config, config.softmax_rate, lesson.state.step, lesson.steps);
  SoftmaxLayer& softmax = lesson.network.softmax;
  SoftmaxMoments& moments = lesson.state.softmax;
  for (std::size_t index = 0; index < layers.size(); ++index)
    if (lesson.network.counted(index))
      learn_hidden(layers[index], delta_, step, lesson.work, softmax.weights[index],
                   moments.weights[index]);
  learn_bias(delta_, step, lesson.work, softmax.bias, moments.bias);
}

void note_all(const Lesson& lesson, float loss) {
  for (std::size_t index = 0; index < lesson.network.layers.size(); ++index)
    note(lesson, index, {}, loss);
}

}  // namespace ff
