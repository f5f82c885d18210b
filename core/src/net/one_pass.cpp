#include "ff/one_pass.hpp"

#include "cross_entropy.hpp"

namespace ff {

const Matrix& OnePass::run(const Network& network, Pass& pass, bool all_pictures) {
  pass.label_neutral(all_pictures);
  probabilities_ = network.softmax.bias.flat().replicate(pass.rows(), 1);
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    forward(network, index, pass);
    if (network.counted(index))
      pass.add_logits(network.softmax.weights[index], activity_.at(index % 2), probabilities_);
  }
  softmax_rows(probabilities_);
  return probabilities_;
}

void OnePass::learn(const OptimiserStep& step, Pass& pass, Network& network) {
  derive_cross_entropy(probabilities_, pass.batch().labels, delta_);
  const auto learn_part = [&](std::size_t index) {
    if (network.counted(index))
      pass.learn_logits(activity_.at(index % 2), delta_, step, network.softmax.weights[index]);
  };
  const std::size_t layers = network.layers.size();
  const std::size_t held = layers > 2 ? layers - 2 : 0;
  for (std::size_t index = held; index < layers; ++index) learn_part(index);
  for (std::size_t index = 0; index < held; ++index) {
    forward(network, index, pass);
    learn_part(index);
  }
  pass.learn_bias(delta_, step, network.softmax.bias);
}

}  // namespace ff
