#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <vector>

#include "ff/activation.hpp"
#include "ff/error.hpp"
#include "ff/goodness.hpp"
#include "ff/layer_loss.hpp"
#include "ff/objective.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using Catch::Generators::from_range;

using test::blobs;
using test::DenseReference;
using test::first_images;
using test::Real;

constexpr double kRounding = 2e-4;
constexpr double kFiniteDifference = 2e-3;

// True labels, then the next label up as the wrong one.
std::vector<int> pairs_of(const Batch& batch) {
  std::vector<int> labels = batch.labels;
  for (const int label : batch.labels) labels.push_back((label + 1) % test::kClasses);
  return labels;
}

PanelMatrix delta_of(const Layer& layer, const Activity& activity, const Config& config) {
  LayerLoss loss;
  PanelMatrix delta;
  loss.measure(config, layer, activity, {});
  loss.derive(config, layer, activity, delta);
  return delta;
}

// Moves a weight by exactly its gradient.
OptimiserStep plain_step() {
  return {.adaptive = false,
          .rate = 1.0F,
          .momentum = 0.0F,
          .beta2 = 0.0F,
          .decay = 0.0F,
          .first_correction = 1.0F,
          .second_correction = 1.0F};
}

// Small, as a finite difference takes two passes for every weight.
constexpr int kSide = 4;

bool allowed(const Config& config) {
  if (!DenseReference::knows(config.objective)) return false;
  try {
    check(config);
    return true;
  } catch (const Error&) {
    return false;
  }
}

Config any_config() {
  Config config = test::small_config();
  config.layers = {18, 5};
  config.batch = 4;
  config.threshold = 0.5;
  config.activation = GENERATE(from_range(test::names_of(activations())));
  config.goodness = GENERATE(from_range(test::names_of(goodnesses())));
  config.objective = GENERATE(from_range(test::names_of(objectives())));
  config.polarity = GENERATE(PolarityKind::kHigh, PolarityKind::kLow);
  config.sharpness = config.goodness == "mean_of_squares" ? 4.0 : 0.2;
  return config;
}

}  // namespace

TEST_CASE("layer 1's shared forward pass is the dense one") {
  const auto data = blobs(7);
  const Network network = make_network(test::small_config(), data->shape, data->classes);
  const Batch batch = first_images(*data, 7);
  std::vector<int> labels = pairs_of(batch);
  labels.insert(labels.end(), batch.labels.size(), kNeutral);
  Pass pass;
  pass.start(batch);
  pass.label(labels);
  Activity activity;
  pass.forward(network, 0, {}, activity);

  const Real expected =
      DenseReference::activity(network.layers[0], DenseReference{5.0}.inputs(batch, labels));
  CHECK(test::difference(activity.units(), expected) < kRounding);

  Activity next;
  pass.forward(network, 1, activity, next);
  CHECK(test::difference(next.units(),
                         DenseReference::activity(
                             network.layers[1], DenseReference::directions(expected))) < kRounding);
}

TEST_CASE("the gradient of layer 1 is that of its loss") {
  const Config config = any_config();
  if (!allowed(config)) return;
  const auto data = blobs(4, 7, kSide);
  Network network = make_network(config, data->shape, data->classes);
  Layer& layer = network.layers[0];
  layer.bias.flat().setRandom();
  const Batch batch = first_images(*data, 4);
  const std::vector<int> labels = pairs_of(batch);
  Pass pass;
  pass.start(batch);
  pass.label(labels);
  Activity activity;
  pass.forward(network, 0, {}, activity);
  const PanelMatrix delta = delta_of(layer, activity, config);
  Network moved = network;
  pass.learn(0, {}, delta, plain_step(), moved);
  const Matrix gradient = layer.weights.matrix() - moved.layers[0].weights.matrix();

  const Real inputs = DenseReference{5.0}.inputs(batch, labels);
  const auto loss = [&] { return DenseReference::layer_loss(layer, inputs, config); };
  CHECK(test::difference(gradient, test::finite_differences(layer.weights, loss)) <
        kFiniteDifference);
  CHECK(test::difference(delta.matrix().colwise().sum(),
                         test::finite_differences(layer.bias, loss)) < kFiniteDifference);
}

TEST_CASE("the gradient of a later layer is that of its loss alone") {
  const Config config = any_config();
  if (!allowed(config)) return;
  const auto data = blobs(4, 7, kSide);
  Network network = make_network(config, data->shape, data->classes);
  const Batch batch = first_images(*data, 4);
  const std::vector<int> labels = pairs_of(batch);
  Pass pass;
  pass.start(batch);
  pass.label(labels);
  Activity below;
  Activity activity;
  pass.forward(network, 0, {}, below);
  pass.forward(network, 1, below, activity);
  Layer& layer = network.layers[1];
  const PanelMatrix delta = delta_of(layer, activity, config);
  Network moved = network;
  pass.learn(1, below, delta, plain_step(), moved);
  const Matrix gradient = layer.weights.matrix() - moved.layers[1].weights.matrix();

  const Real inputs =
      DenseReference::all_inputs(network, DenseReference{5.0}.inputs(batch, labels))[1];
  const auto loss = [&] { return DenseReference::layer_loss(layer, inputs, config); };
  CHECK(test::difference(gradient, test::finite_differences(layer.weights, loss)) <
        kFiniteDifference);
  CHECK(test::difference(delta.matrix().colwise().sum(),
                         test::finite_differences(layer.bias, loss)) < kFiniteDifference);
}

TEST_CASE("a training step moves every layer by its own gradient and nothing else") {
  const Config config = test::plain_steps(any_config());
  if (!allowed(config)) return;
  Trainer trainer(config, blobs(40, 7, kSide));
  Network before = trainer.network();
  trainer.step();

  const std::vector<Real> inputs = DenseReference::all_inputs(
      before, DenseReference{config.label_strength}.inputs(trainer.batch(), trainer.row_labels()));
  for (std::size_t index = 0; index < before.layers.size(); ++index) {
    Layer& layer = before.layers[index];
    const auto loss = [&] { return DenseReference::layer_loss(layer, inputs[index], config); };
    const Real slope = test::finite_differences(layer.weights, loss);
    const Matrix moved = trainer.network().layers[index].weights.matrix() - layer.weights.matrix();
    CHECK(test::difference(moved, -config.learning_rate * slope) < 5 * kFiniteDifference);
  }
}

}  // namespace ff
