#include "ff/black_box.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::activity_of;
using test::blobs;
using test::DenseReference;
using test::Real;

Config with_box(int after) {
  Config config = test::small_config();
  config.layers = {12, 10, 8};
  config.black_box = after;
  return config;
}

// The activity of every layer on a few images with their true labels.
std::vector<Matrix> activities(const Network& network, const Batch& batch) {
  Pass pass;
  pass.start(batch);
  pass.label(batch.labels);
  Activity above;
  Activity below;
  std::vector<Matrix> all;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    std::swap(above, below);
    pass.forward(network, index, below, above);
    all.emplace_back(above.units());
  }
  return all;
}

}  // namespace

TEST_CASE("a black box tells where a unit is more active than the next, the last than the first") {
  Matrix units(3, 4);
  units << 3.0F, 1.0F, 2.0F, 2.5F, 1.0F, 2.0F, 2.0F, 0.5F, 0.0F, 0.0F, 0.0F, 0.0F;
  Matrix expected(3, 4);
  expected << 1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F;
  Activity seen;
  black_box(activity_of(units), seen);
  CHECK(seen.units() == expected);
  CHECK(seen.square_sum == Vector{{1.0F, 1.0F, 0.0F}});
  CHECK(std::abs(seen.scale[0] - 2.0F) < 1e-5F);
  CHECK((seen.scale.asDiagonal() * seen.units()).eval().allFinite());
}

TEST_CASE("a black box gives 0 and 1, and the same however strong the activity") {
  const Matrix units = Matrix::Random(7, 30).cwiseMax(0.0F);
  Activity seen;
  Activity stronger;
  black_box(activity_of(units), seen);
  black_box(activity_of(4.0F * units), stronger);
  CHECK(((seen.units().array() == 0.0F) || (seen.units().array() == 1.0F)).all());
  CHECK(seen.units().minCoeff() == 0.0F);
  CHECK(seen.units().maxCoeff() == 1.0F);
  CHECK(seen.units() == stronger.units());
}

TEST_CASE("the layer after a black box sees it, those before it do not") {
  const int after = GENERATE(1, 2);
  const auto data = blobs(7);
  const Batch batch = test::first_images(*data, 7);
  const Network network = make_network(with_box(after), data->shape, data->classes);
  const std::vector<Matrix> with = activities(network, batch);
  const std::vector<Matrix> without =
      activities(make_network(with_box(0), data->shape, data->classes), batch);
  const auto inputs =
      DenseReference::all_inputs(network, DenseReference{5.0}.inputs(batch, batch.labels));
  for (std::size_t index = 0; index < 3; ++index) {
    const bool before = static_cast<int>(index) < after;
    CHECK((with[index] == without[index]) == before);
    CHECK(test::difference(with[index],
                           DenseReference::activity(network.layers[index], inputs[index])) < 1e-4);
  }
}

TEST_CASE("the layer after a black box learns from what it sees") {
  Config config = test::plain_steps(with_box(GENERATE(1, 2)));
  config.batch = 4;
  Trainer trainer(config, blobs(8, 7, 4));
  Network before = trainer.network();
  trainer.step();
  const auto inputs = DenseReference::all_inputs(
      before, DenseReference{config.label_strength}.inputs(trainer.batch(), trainer.row_labels()));
  for (std::size_t index = 0; index < 3; ++index) {
    Layer& layer = before.layers[index];
    const auto loss = [&] { return DenseReference::layer_loss(layer, inputs[index], config); };
    const Real slope = test::finite_differences(layer.weights, loss);
    const Matrix moved = trainer.network().layers[index].weights.matrix() - layer.weights.matrix();
    CHECK(test::difference(moved, -config.learning_rate * slope) < 1e-2);
  }
}

TEST_CASE("forward-forward learns through a black box") {
  Config config = test::small_config();
  config.black_box = 1;
  config.first_counted_layer = 2;
  config.epochs = 30;
  config.learning_rate = 0.01;
  const auto unseen = blobs(100, 99);
  Trainer trainer(config, blobs(200));
  while (!trainer.finished()) trainer.step();
  const Evaluation evaluation = evaluate(trainer.network(), *unseen, 0, unseen->count());
  CHECK(evaluation.error() < 0.1);
  CHECK(evaluation.rate(evaluation.errors("softmax")) < 0.2);
}

}  // namespace ff
