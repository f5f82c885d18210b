#include "ff/one_pass.hpp"

#include "cross_entropy.hpp"

namespace ff {

void OnePass::forward(const Network& network, std::size_t index, const Matrix& product,
                      const Batch& batch, Workspace& work) {
  ff::forward(network, index,
              {.product = product,
               .batch = batch,
               .labels = labels_,
               .strength = label_strength(network.config)},
              activity_.at((index + 1) % 2), work, input_scale_, activity_.at(index % 2));
}

const Matrix& OnePass::run(const Network& network, const Matrix& product, const Batch& batch,
                           Workspace& work) {
  labels_.assign(batch.labels.size(), kNeutral);
  probabilities_ = network.softmax.bias.flat().replicate(batch.images(), 1);
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    forward(network, index, product, batch, work);
    if (network.counted(index))
      add_logits(network.softmax.weights[index], activity_.at(index % 2), work, probabilities_);
  }
  softmax_rows(probabilities_);
  return probabilities_;
}

void OnePass::learn(const Matrix& product, const Batch& batch, const OptimiserStep& step,
                    Workspace& work, Network& network) {
  derive_cross_entropy(probabilities_, batch.labels, delta_);
  const auto learn_part = [&](std::size_t index) {
    if (network.counted(index))
      learn_hidden(activity_.at(index % 2), delta_, step, work, network.softmax.weights[index]);
  };
  const std::size_t layers = network.layers.size();
  const std::size_t held = layers > 2 ? layers - 2 : 0;
  for (std::size_t index = held; index < layers; ++index) learn_part(index);
  for (std::size_t index = 0; index < held; ++index) {
    forward(network, index, product, batch, work);
    learn_part(index);
  }
  learn_bias(delta_, step, work, network.softmax.bias);
}

}  // namespace ff
