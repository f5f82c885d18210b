#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "classroom.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"

namespace ff {
namespace {

using test::Classroom;
using test::plain_config;
using test::Real;
using test::WholeReference;

constexpr double kFiniteDifference = 1e-3;

}  // namespace

TEST_CASE("backprop from labels moves every parameter by the gradient of the whole net") {
  Config config = plain_config(RuleKind::kBackpropLabel);
  config.activation = GENERATE(ActivationKind::kRelu, ActivationKind::kStudentT);
  config.first_counted_layer = GENERATE(1, 2);
  Classroom room(config, 8);
  const std::vector<Matrix> gradient = room.gradient();
  const std::vector<Real> expected = test::slopes(room.network, [&] {
    return WholeReference::cross_entropy(room.network, room.inputs(), room.batch.labels);
  });
  REQUIRE(gradient.size() == expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    CAPTURE(index);
    CHECK(test::difference(gradient[index], expected[index]) < kFiniteDifference);
  }
}

TEST_CASE("backprop from pairs moves every layer by the gradient of the goodness of all") {
  Config config = plain_config(RuleKind::kBackpropPairwise);
  config.activation = GENERATE(ActivationKind::kRelu, ActivationKind::kStudentT);
  config.first_counted_layer = GENERATE(1, 2);
  config.objective = GENERATE(ObjectiveKind::kLogistic, ObjectiveKind::kSwish);
  config.goodness = GENERATE(GoodnessKind::kSumOfSquares, GoodnessKind::kMeanOfSquares);
  if (config.goodness == GoodnessKind::kSumOfSquares) config.sharpness = 0.2;
  Classroom room(config, 8);
  const std::vector<Matrix> gradient = room.gradient();
  const std::vector<Real> expected = test::slopes(
      room.network, [&] { return WholeReference::goodness_loss(room.network, room.inputs()); });
  REQUIRE(gradient.size() == expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    CAPTURE(index);
    CHECK(test::difference(gradient[index], expected[index]) < kFiniteDifference);
  }
}

TEST_CASE("a net that learns from labels alone reports its loss, and nothing of goodness") {
  Config config = test::small_config();
  config.rule = RuleKind::kBackpropLabel;
  Trainer trainer(config, test::blobs(100));
  trainer.step();
  for (const LayerReport& layer : trainer.report().layers) {
    CHECK(layer.loss > 2.2);
    CHECK(layer.loss < 2.4);
    CHECK(layer.pair_error == 0.0);
    CHECK_FALSE(layer.positive_entropy.has_value());
    for (const float count : layer.goodness.positive) CHECK(count == 0.0F);
  }
}

TEST_CASE("every rule learns to tell images it has not seen") {
  Config config = test::small_config();
  config.rule = GENERATE(RuleKind::kBackpropLabel, RuleKind::kBackpropPairwise);
  config.epochs = 30;
  config.learning_rate = 0.01;
  const auto unseen = test::blobs(100, 99);
  Trainer trainer(config, test::blobs(200));
  while (!trainer.finished()) trainer.step();
  CHECK(evaluate(trainer.network(), *unseen, 0, unseen->count()).error() < 0.1);
}

}  // namespace ff
