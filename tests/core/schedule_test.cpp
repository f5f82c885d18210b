#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;
using test::Real;

constexpr double kScheduleTolerance = 1e-2;

Config small_steps(ScheduleKind schedule) {
  Config config = test::plain_steps(test::small_config());
  config.schedule = schedule;
  config.layers = {10, 8};
  config.batch = 4;
  config.objective = "logistic";
  config.threshold = 0.5;
  return config;
}

// The layers that one step changes.
std::vector<std::size_t> changed_by_step(Trainer& trainer) {
  const Network before = trainer.network();
  trainer.step();
  std::vector<std::size_t> changed;
  for (std::size_t index = 0; index < before.layers.size(); ++index)
    if (before.layers[index].weights != trainer.network().layers[index].weights ||
        before.layers[index].bias != trainer.network().layers[index].bias)
      changed.push_back(index);
  return changed;
}

// What every layer saw in a step that has just been made on `before`.
std::vector<Real> inputs_of(const Network& before, const Trainer& trainer) {
  return DenseReference::all_inputs(before, DenseReference{before.config.label_strength}.inputs(
                                                trainer.batch(), trainer.row_labels()));
}

Real moved(const Network& before, const Trainer& trainer, std::size_t index) {
  return (trainer.network().layers[index].weights.matrix() - before.layers[index].weights.matrix())
      .cast<double>();
}

// The logistic loss of positives alone, or of negatives alone.
double half_loss(const Layer& layer, const Real& inputs, const Config& config, bool positives) {
  const Real units = DenseReference::activity(layer, inputs);
  const Eigen::VectorXd goodness = DenseReference::goodness(units, config);
  const double threshold = DenseReference::threshold(config, units.cols());
  const Eigen::Index batch = goodness.size() / 2;
  double sum = 0.0;
  for (Eigen::Index pair = 0; pair < batch; ++pair)
    sum +=
        std::log1p(std::exp(config.sharpness * (positives ? threshold - goodness[pair]
                                                          : goodness[batch + pair] - threshold)));
  return sum / static_cast<double>(batch);
}

void check_half_step(Trainer& trainer, bool positives) {
  Network before = trainer.network();
  trainer.step();
  const auto inputs = inputs_of(before, trainer);
  const Config& config = before.config;
  for (std::size_t index = 0; index < 2; ++index) {
    Layer& layer = before.layers[index];
    const auto loss = [&] { return half_loss(layer, inputs[index], config, positives); };
    const Real expected = -config.learning_rate * test::finite_differences(layer.weights, loss);
    CHECK(test::difference(moved(before, trainer, index).cast<float>(), expected) <
          kScheduleTolerance);
  }
}

}  // namespace

TEST_CASE("a layer whose epochs are over stays as it is, and those above still learn") {
  Config config = test::small_config();
  config.rule = GENERATE("forward_forward", "class_goodness", "backprop_label");
  config.span = GENERATE(1, 2);
  config.layers = {test::layer_of("10 until 1"), 8};
  config.normalisation = "batch";
  config.batch = 20;
  config.epochs = 2;
  Trainer trainer(config, blobs(60));
  using Changed = std::vector<std::size_t>;
  trainer.step();  // before it a softmax that is still 0 says nothing
  for (int step = 1; step < 3; ++step) CHECK(changed_by_step(trainer) == Changed{0, 1});
  const Network before = trainer.network();
  for (int step = 0; step < 3; ++step) CHECK(changed_by_step(trainer) == Changed{1});
  CHECK(trainer.finished());
  CHECK(before.softmax.weights[1] != trainer.network().softmax.weights[1]);
  CHECK(before.layers[0].running.mean == trainer.network().layers[0].running.mean);
  if (config.rule == "class_goodness" && config.span == 1)
    CHECK(before.softmax.weights[0] == trainer.network().softmax.weights[0]);
}

TEST_CASE("in turn: one layer learns at a time, each for an equal share of the steps") {
  Config config = small_steps(ScheduleKind::kInTurn);
  config.layers = {10, 8, 6};
  const int images = GENERATE(12, 20, 28);
  Trainer trainer(config, blobs(images, 7, 5));
  std::vector<std::size_t> turns;
  while (!trainer.finished()) {
    const auto changed = changed_by_step(trainer);
    REQUIRE(changed.size() == 1);
    turns.push_back(changed[0]);
  }
  CHECK(std::is_sorted(turns.begin(), turns.end()));
  for (std::size_t layer = 0; layer < 3; ++layer) {
    const auto steps = std::count(turns.begin(), turns.end(), layer);
    CHECK(3 * steps > trainer.steps() - 3);
    CHECK(3 * steps < trainer.steps() + 3);
  }
}

TEST_CASE("together: every layer learns in every step") {
  Trainer trainer(small_steps(ScheduleKind::kTogether), blobs(8, 7, 5));
  while (!trainer.finished()) CHECK(changed_by_step(trainer) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("in turn: the learning rate starts afresh with each layer and falls to its end") {
  Config config = small_steps(ScheduleKind::kInTurn);
  config.decay_start = 0.0;
  Trainer trainer(config, blobs(12, 7, 4));
  REQUIRE(trainer.steps() == 12);
  for (int at = 0; at < 12; ++at) {
    const std::size_t index = at < 6 ? 0 : 1;
    Network before = trainer.network();
    const double reported = trainer.report().learning_rate;
    trainer.step();
    const auto inputs = inputs_of(before, trainer);
    Layer& layer = before.layers[index];
    const auto loss = [&] { return DenseReference::layer_loss(layer, inputs[index], config); };
    const double rate = config.learning_rate * (1.0 - at % 6 / 6.0);
    CHECK(std::abs(reported - rate) < 1e-9);
    const Real expected = -rate * test::finite_differences(layer.weights, loss);
    CHECK(test::difference(moved(before, trainer, index).cast<float>(), expected) <
          kScheduleTolerance);
  }
  CHECK(std::abs(trainer.report().learning_rate) < 1e-9);
}

TEST_CASE("in turn: steps that do not divide evenly still take each layer to its end") {
  Config config = small_steps(ScheduleKind::kInTurn);
  config.decay_start = 0.0;
  config.epochs = 5;
  Trainer trainer(config, blobs(4, 7, 4));
  REQUIRE(trainer.steps() == 5);
  for (const double left : {1.0, 2.0 / 3.0, 1.0 / 3.0, 1.0, 0.5}) {
    CHECK(std::abs(trainer.report().learning_rate - left * config.learning_rate) < 1e-9);
    trainer.step();
  }
}

TEST_CASE("in turn: a run of fewer steps than layers ends like any other") {
  Config config = small_steps(ScheduleKind::kInTurn);
  config.layers = {6, 6, 6, 6};
  config.epochs = 1;
  Trainer trainer(config, blobs(8, 7, 4));
  REQUIRE(trainer.steps() == 2);
  while (!trainer.finished()) CHECK(changed_by_step(trainer).size() == 1);
  CHECK(std::isfinite(trainer.report().learning_rate));
}

TEST_CASE("in turn: Adam starts afresh with each layer") {
  Config config = small_steps(ScheduleKind::kInTurn);
  config.optimiser = OptimiserKind::kAdam;
  config.learning_rate = 1e-3;
  config.momentum = 0.9;
  Trainer trainer(config, blobs(12, 7, 4));
  for (int at = 0; at < 12; ++at) {
    const Network before = trainer.network();
    trainer.step();
    // A first step of Adam moves a weight by the learning rate, whatever its gradient.
    if (at % 6 == 0)
      CHECK(std::abs(moved(before, trainer, at / 6).cwiseAbs().maxCoeff() - 1e-3) < 1e-6);
  }
}

TEST_CASE("in turn: the layers of a net that reads blobs have all learnt") {
  Config config = test::small_config();
  config.schedule = ScheduleKind::kInTurn;
  config.epochs = 40;
  config.learning_rate = 0.01;
  const auto unseen = blobs(100, 99);
  Trainer trainer(config, blobs(200));
  while (!trainer.finished()) trainer.step();
  const Evaluation evaluation = evaluate(trainer.network(), *unseen, 0, unseen->count());
  CHECK(evaluation.error() < 0.1);
  for (const auto& tally : evaluation.tallies)
    if (tally.score.name == "layer") CHECK(tally.errors < 20);
}

TEST_CASE("apart: positives come for a phase, negatives for the next") {
  Config config = small_steps(ScheduleKind::kApart);
  config.phase = GENERATE(1, 2, 3);
  config.polarity = GENERATE(PolarityKind::kHigh, PolarityKind::kLow);
  Trainer trainer(config, blobs(12, 7, 4));
  while (!trainer.finished()) {
    const bool positives = trainer.state().step / config.phase % 2 == 0;
    check_half_step(trainer, positives);
  }
}

TEST_CASE("apart: while negatives come there are no positives to pull units to their peers") {
  Config config = small_steps(ScheduleKind::kApart);
  config.peer_strength = 5.0;
  Trainer trainer(config, blobs(12, 7, 4));
  trainer.step();
  check_half_step(trainer, false);
}

}  // namespace ff
