#include "whole_net.hpp"

#include "../cross_entropy.hpp"
#include "../rows.hpp"

namespace ff {
namespace {

OptimiserStep softmax_step(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  return optimiser_step(config, config.softmax_rate, minibatch.state.step, minibatch.steps);
}

}  // namespace

void WholeNet::forward(const Minibatch& minibatch) {
  layers.resize(minibatch.network.layers.size());
  for (std::size_t index = 0; index < layers.size(); ++index)
    minibatch.pass.forward(minibatch.network, index, below(index), layers[index]);
}

std::size_t WholeNet::capacity() const {
  std::size_t sum = 0;
  for (const Activity& layer : layers) sum += layer.capacity();
  return sum;
}

void through_activation(const Activity& activity, Eigen::Index row, float* values) {
  const Eigen::Index count = activity.units().cols();
  if (activity.has_slopes()) {
    Eigen::Map<RowVector>(values, count).array() *= activity.slopes().row(row).array();
    return;
  }
  // A loop of factors, because compilers choose numbers one after another.
  const float* units = activity.units().row(row).data();
  const float gain = activity.gain;
  for (Eigen::Index unit = 0; unit < count; ++unit)
    values[unit] *= units[unit] > 0.0F ? gain : 0.0F;
}

void through_activation(const Activity& activity, Eigen::Ref<Matrix> values) {
  over_rows(values.rows(),
            [&](Eigen::Index row) { through_activation(activity, row, values.row(row).data()); });
}

void SoftmaxHead::start(const Minibatch& minibatch) {
  probabilities_ =
      minibatch.network.softmax.bias.flat().replicate(minibatch.pass.batch().images(), 1);
}

float SoftmaxHead::finish(const Minibatch& minibatch) {
  const std::vector<int>& labels = minibatch.pass.batch().labels;
  softmax_rows(probabilities_);
  derive_cross_entropy(probabilities_, labels, delta_);
  return cross_entropy(probabilities_, labels);
}

float SoftmaxHead::measure(const Minibatch& minibatch, const std::vector<Activity>& layers) {
  start(minibatch);
  for (std::size_t index = 0; index < layers.size(); ++index)
    if (minibatch.network.counted(index))
      minibatch.pass.add_logits(minibatch.network.softmax.weights[index], layers[index],
                                probabilities_);
  return finish(minibatch);
}

float SoftmaxHead::measure(const Minibatch& minibatch, std::size_t index,
                           const Activity& activity) {
  start(minibatch);
  minibatch.pass.add_logits(minibatch.network.softmax.weights[index], activity, probabilities_);
  return finish(minibatch);
}

void SoftmaxHead::learn(const Minibatch& minibatch, const std::vector<Activity>& layers) const {
  for (std::size_t index = 0; index < layers.size(); ++index)
    if (minibatch.network.counted(index)) learn_part(minibatch, index, layers[index]);
  learn_bias(minibatch);
}

void SoftmaxHead::learn_part(const Minibatch& minibatch, std::size_t index,
                             const Activity& activity) const {
  minibatch.pass.learn_logits(activity, delta_, softmax_step(minibatch),
                              minibatch.network.softmax.weights[index]);
}

void SoftmaxHead::learn_bias(const Minibatch& minibatch) const {
  minibatch.pass.learn_bias(delta_, softmax_step(minibatch), minibatch.network.softmax.bias);
}

void remember_all(const Minibatch& minibatch, float loss) {
  for (std::size_t index = 0; index < minibatch.network.layers.size(); ++index)
    remember(minibatch, index, {}, loss);
}

}  // namespace ff
