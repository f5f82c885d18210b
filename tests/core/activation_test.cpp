#include "ff/activation.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "arithmetic/slow_to_compile.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::DenseReference;
using test::Real;

double slope_of(double sum, const std::string& kind) {
  constexpr double kStep = 1e-6;
  return (DenseReference::activate(sum + kStep, kind) -
          DenseReference::activate(sum - kStep, kind)) /
         (2.0 * kStep);
}

// Sums before any activation, as dense as can be.
Real sums_of(const Layer& layer, const Real& inputs) {
  return test::product(inputs, layer.weights.matrix().cast<double>()).rowwise() +
         layer.bias.flat().cast<double>();
}

void check_layer(const Layer& layer, const Real& inputs, const Activity& activity,
                 const std::string& kind) {
  const Real expected = DenseReference::activity(layer, inputs, kind);
  CHECK(test::difference(activity.units(), expected) < 1e-5);
  CHECK(test::difference(activity.square_sum, expected.rowwise().squaredNorm()) < 1e-5);
  const Real direction = activity.scale.cast<double>().asDiagonal() * expected;
  CHECK(test::difference(direction.cast<float>(), DenseReference::directions(expected)) < 1e-5);
  REQUIRE(activity.has_slopes() == (kind != "relu"));
  if (!activity.has_slopes()) return;
  const Real slopes =
      sums_of(layer, inputs).unaryExpr([kind](double sum) { return slope_of(sum, kind); });
  CHECK(test::difference(activity.slopes(), slopes) < 1e-5);
}

}  // namespace

TEST_CASE("activities and slopes are what the formulas say") {
  const std::string kind = GENERATE("leaky_relu", "student_t");
  RowVector sums(8);
  sums << -30.0F, -3.0F, -0.8F, -0.01F, 0.01F, 0.5F, 1.7F, 40.0F;
  RowVector units = sums;
  RowVector slopes(sums.size());
  activation(kind).apply(units, slopes);
  for (Eigen::Index i = 0; i < sums.size(); ++i) {
    CAPTURE(sums[i]);
    CHECK(std::abs(units[i] - DenseReference::activate(sums[i], kind)) < 1e-5);
    CHECK(std::abs(slopes[i] - slope_of(sums[i], kind)) < 1e-5);
  }
}

TEST_CASE("a sum of nothing at all gives no activity and no NaN") {
  const std::string kind = GENERATE("leaky_relu", "student_t");
  RowVector units = RowVector::Zero(3);
  RowVector slopes(3);
  activation(kind).apply(units, slopes);
  CHECK(units.isZero());
  CHECK(slopes.allFinite());
}

TEST_CASE("a t distribution is as surprised by a sum as by its opposite") {
  RowVector units(2);
  units << 1.5F, -1.5F;
  RowVector slopes(2);
  activation("student_t").apply(units, slopes);
  CHECK(units[0] > 0.0F);
  CHECK(units[0] == units[1]);
  CHECK(slopes[0] == -slopes[1]);
}

TEST_CASE("layers with any activation pass forward as the dense ones") {
  Config config = test::small_config();
  config.activation = GENERATE("relu", "leaky_relu", "student_t");
  const auto data = test::blobs(7);
  Network network = make_network(config, data->shape, data->classes);
  for (Layer& layer : network.layers) layer.bias.flat().setConstant(0.3F);
  const Batch batch = test::first_images(*data, 7);
  std::vector<int> labels = batch.labels;
  labels.insert(labels.end(), batch.labels.size(), kNeutral);
  Pass pass;
  pass.start(batch);
  pass.label(labels);
  Activity first;
  Activity second;
  pass.forward(network, 0, second, first);
  pass.forward(network, 1, first, second);
  const auto inputs =
      DenseReference::all_inputs(network, DenseReference{5.0}.inputs(batch, labels));
  check_layer(network.layers[0], inputs[0], first, config.activation);
  check_layer(network.layers[1], inputs[1], second, config.activation);
}

TEST_CASE("activity that a ReLU made has no slopes left from another activation") {
  const auto data = test::blobs(3);
  Config config = test::small_config();
  config.activation = "student_t";
  Network network = make_network(config, data->shape, data->classes);
  const Batch batch = test::first_images(*data, 3);
  Pass pass;
  pass.start(batch);
  pass.label(batch.labels);
  Activity activity;
  pass.forward(network, 0, {}, activity);
  CHECK(activity.has_slopes());
  network.config.activation = "relu";
  pass.forward(network, 0, {}, activity);
  CHECK_FALSE(activity.has_slopes());
}

TEST_CASE("forward-forward learns with any activation") {
  Config config = test::small_config();
  config.activation = GENERATE("leaky_relu", "student_t");
  config.epochs = 20;
  config.learning_rate = 0.01;
  const auto unseen = test::blobs(100, 99);
  Trainer trainer(config, test::blobs(200));
  while (!trainer.finished()) trainer.step();
  CHECK(evaluate(trainer.network(), *unseen, 0, unseen->count()).error() < 0.1);
}

}  // namespace ff
