#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <vector>

#include "ff/layer_loss.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;
using test::Real;

constexpr double kRounding = 2e-4;
constexpr double kFiniteDifference = 2e-3;

Config config_of(ObjectiveKind objective, GoodnessKind goodness) {
  Config config = test::small_config();
  config.objective = objective;
  config.goodness = goodness;
  config.threshold = 0.5;
  config.sharpness = goodness == GoodnessKind::kSumOfSquares ? 0.2 : 4.0;
  return config;
}

Batch batch_of(const Dataset& data, std::uint32_t images) {
  std::vector<std::uint32_t> indices;
  for (std::uint32_t index = 0; index < images; ++index) indices.push_back(index);
  Batch batch;
  fill_batch(data, indices, InputsKind::kPlain, batch);
  return batch;
}

// True labels, then the next label up as the wrong one.
std::vector<int> pairs_of(const Batch& batch) {
  std::vector<int> labels = batch.labels;
  for (const int label : batch.labels) labels.push_back((label + 1) % kLabels);
  return labels;
}

PanelMatrix delta_of(const Activity& activity, const Config& config) {
  LayerLoss loss;
  PanelMatrix delta;
  loss.judge(config, activity, {});
  loss.derive(config, activity, delta);
  return delta;
}

// Moves a weight by exactly its gradient.
OptimiserStep plain_step() {
  return {.kind = OptimiserKind::kSgd,
          .rate = 1.0F,
          .momentum = 0.0F,
          .beta2 = 0.0F,
          .decay = 0.0F,
          .first_correction = 1.0F,
          .second_correction = 1.0F};
}

Config any_config() {
  return config_of(
      GENERATE(ObjectiveKind::kLogistic, ObjectiveKind::kPairwise, ObjectiveKind::kSwish),
      GENERATE(GoodnessKind::kSumOfSquares, GoodnessKind::kMeanOfSquares));
}

}  // namespace

TEST_CASE("layer 1's shared forward pass is the dense one") {
  const auto data = blobs(7);
  const Network network = make_network(test::small_config(), data->image_size());
  const Batch batch = batch_of(*data, 7);
  std::vector<int> labels = pairs_of(batch);
  labels.insert(labels.end(), batch.labels.size(), kNeutral);
  Workspace work;
  Matrix product;
  Vector scale;
  Activity activity;
  image_product(network.layers[0], batch.pixels, work, product);
  forward_labelled(network, {product, batch, labels, 5.0F}, work, scale, activity);

  const Real expected =
      DenseReference::activity(network.layers[0], DenseReference{5.0}.inputs(batch, labels));
  CHECK(test::difference(activity.units(), expected) < kRounding);

  Activity next;
  forward_hidden(network, 1, activity, work, next);
  CHECK(test::difference(next.units(),
                         DenseReference::activity(
                             network.layers[1], DenseReference::directions(expected))) < kRounding);
}

TEST_CASE("the gradient of layer 1 is that of its loss") {
  const Config config = any_config();
  const auto data = blobs(6);
  Network network = make_network(config, data->image_size());
  const Batch batch = batch_of(*data, 6);
  const std::vector<int> labels = pairs_of(batch);
  Workspace work;
  Matrix product;
  Vector scale;
  Activity activity;
  image_product(network.layers[0], batch.pixels, work, product);
  forward_labelled(network, {product, batch, labels, 5.0F}, work, scale, activity);
  PanelMatrix moved = network.layers[0].weights;
  PanelMoments moments;
  learn_labelled({product, batch, labels, 5.0F}, scale, delta_of(activity, config), plain_step(),
                 work, moved, moments);
  const Matrix gradient = network.layers[0].weights.matrix() - moved.matrix();

  const Real inputs = DenseReference{5.0}.inputs(batch, labels);
  const auto loss = [&] {
    const Real units = DenseReference::activity(network.layers[0], inputs);
    return DenseReference::loss(DenseReference::goodness(units, config.goodness), config,
                                units.cols());
  };
  CHECK(test::difference(gradient, test::finite_differences(network.layers[0].weights, loss)) <
        kFiniteDifference);
}

TEST_CASE("the gradient of a later layer is that of its loss alone") {
  const Config config = any_config();
  const auto data = blobs(6);
  Network network = make_network(config, data->image_size());
  const Batch batch = batch_of(*data, 6);
  const std::vector<int> labels = pairs_of(batch);
  Workspace work;
  Matrix product;
  Vector scale;
  Activity below;
  Activity activity;
  image_product(network.layers[0], batch.pixels, work, product);
  forward_labelled(network, {product, batch, labels, 5.0F}, work, scale, below);
  forward_hidden(network, 1, below, work, activity);
  const PanelMatrix delta = delta_of(activity, config);
  DenseLayer moved = network.layers[1];
  PanelMoments moments;
  learn_hidden(below, delta, plain_step(), work, moved.weights, moments);
  const Matrix gradient = network.layers[1].weights.matrix() - moved.weights.matrix();

  const Real inputs = DenseReference::directions(
      DenseReference::activity(network.layers[0], DenseReference{5.0}.inputs(batch, labels)));
  const auto loss = [&] {
    const Real units = DenseReference::activity(network.layers[1], inputs);
    return DenseReference::loss(DenseReference::goodness(units, config.goodness), config,
                                units.cols());
  };
  CHECK(test::difference(gradient, test::finite_differences(network.layers[1].weights, loss)) <
        kFiniteDifference);
  CHECK(test::difference(delta.matrix().colwise().sum(),
                         test::finite_differences(network.layers[1].bias, loss)) <
        kFiniteDifference);
}

TEST_CASE("a training step moves every layer by its own gradient and nothing else") {
  Config config = any_config();
  config.optimiser = OptimiserKind::kSgd;
  config.momentum = 0.0;
  config.learning_rate = 0.05;
  config.softmax_rate = 0.0;
  config.decay_start = 1.0;
  const auto data = blobs(40);
  Trainer trainer(config, data);
  Network before = trainer.network();
  trainer.step();

  Real inputs = DenseReference{config.label_strength}.inputs(trainer.batch(), trainer.row_labels());
  for (std::size_t index = 0; index < before.layers.size(); ++index) {
    DenseLayer& layer = before.layers[index];
    const Real units = DenseReference::activity(layer, inputs);
    const auto loss = [&] {
      const Real changed = DenseReference::activity(layer, inputs);
      return DenseReference::loss(DenseReference::goodness(changed, config.goodness), config,
                                  changed.cols());
    };
    const Real slope = test::finite_differences(layer.weights, loss);
    const Matrix moved = trainer.network().layers[index].weights.matrix() - layer.weights.matrix();
    CHECK(test::difference(moved, -config.learning_rate * slope) < 5 * kFiniteDifference);
    inputs = DenseReference::directions(units);
  }
}

}  // namespace ff
