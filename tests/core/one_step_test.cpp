#include "ff/one_step.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <cmath>
#include <numbers>

#include "ff/error.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;
using test::Real;

constexpr int kLabel = 3;
constexpr int kRival = 8;
constexpr std::size_t kMoves = 42;

Config pair_config() {
  Config config = test::small_config();
  config.layers = {18, 7};
  config.learning_rate = 0.002;
  config.objective = GENERATE("swish", "logistic", "pairwise", "entropy");
  config.threshold = 0.5;
  const bool low = GENERATE(false, true) && config.objective != "entropy";
  config.polarity = low ? PolarityKind::kLow : PolarityKind::kHigh;
  config.goodness = low ? "sum_of_squares" : "mean_of_squares";
  config.sharpness = low ? 0.2 : 4.0;
  return config;
}

// An image of the label 3, and a net that has seen others.
struct Sample {
  std::shared_ptr<const Dataset> data = blobs(40, 7, 4);
  Network network;

  explicit Sample(const Config& config) {
    Trainer trainer(config, data);
    for (int step = 0; step < 5; ++step) trainer.step();
    network = trainer.network();
  }

  ImagePair pair() const {
    return {.pixels = data->image(kLabel), .label = kLabel, .rival = kRival};
  }
  OneStep step() const { return one_step(network, pair(), kMoves); }
  // What every layer gets to see of the pair.
  std::vector<Real> inputs() const {
    Batch batch;
    fill_batch(*data, std::vector<std::uint32_t>{kLabel}, network.format, batch);
    const std::vector<int> labels = {kLabel, kRival};
    return DenseReference::all_inputs(
        network, DenseReference{network.config.label_strength}.inputs(batch, labels));
  }
};

// The same image many times, one of another label, and a run that draws one of the many first.
Trainer run_on_pair(const Sample& sample, double rate) {
  auto data = std::make_shared<Dataset>(*sample.data);
  data->pixels.clear();
  data->labels.clear();
  for (int image = 0; image < 100; ++image) {
    const auto pixels = sample.data->image(kLabel);
    data->pixels.insert(data->pixels.end(), pixels.begin(), pixels.end());
    data->labels.push_back(image == 99 ? kRival : kLabel);
  }
  Network network = sample.network;
  network.config = test::plain_steps(network.config);
  network.config.learning_rate = rate;
  network.config.batch = 1;
  return {std::move(network), TrainingState{}, std::move(data)};
}

bool close(double a, double b, double share = 1e-4) {
  return std::abs(a - b) <= share * std::max({std::abs(a), std::abs(b), 1e-3});
}

}  // namespace

TEST_CASE("one step tells the goodness, the loss and the angle of every layer") {
  const Sample sample(pair_config());
  const OneStep step = sample.step();
  const std::vector<Real> inputs = sample.inputs();
  REQUIRE(step.layers.size() == 2);
  for (std::size_t index = 0; index < 2; ++index) {
    const Layer& layer = sample.network.layers[index];
    const Config& config = sample.network.config;
    const LayerStep& told = step.layers[index];
    const Real units = DenseReference::activity(layer, inputs[index]);
    const Eigen::VectorXd goodness = DenseReference::goodness(units, config);
    CHECK(told.units == layer.units());
    CHECK(close(told.before.positive, goodness[0]));
    CHECK(close(told.before.negative, goodness[1]));
    CHECK(close(told.before.loss, DenseReference::layer_loss(layer, inputs[index], config)));
    const double cosine = units.row(0).normalized().dot(units.row(1).normalized());
    CHECK(close(told.angle, std::acos(cosine) * 180.0 / std::numbers::pi, 1e-3));
    REQUIRE(told.threshold.has_value() == (config.objective == "logistic"));
    if (told.threshold)
      CHECK(close(*told.threshold, DenseReference::threshold(config, layer.units())));
  }
}

TEST_CASE(
    "one step moves weights against the slope of their layer's own loss, no further than told") {
  const Sample sample(pair_config());
  const OneStep step = sample.step();
  Network network = sample.network;
  const std::vector<Real> inputs = sample.inputs();
  Real steepest = Real::Zero(1, 1);
  for (std::size_t index = 0; index < 2; ++index) {
    Layer& layer = network.layers[index];
    const auto loss = [&] {
      return DenseReference::layer_loss(layer, inputs[index], network.config);
    };
    const Real slope = test::finite_differences(layer.weights, loss);
    const Real bias = test::finite_differences(layer.bias, loss);
    steepest(0) = std::max({steepest(0), slope.cwiseAbs().maxCoeff(), bias.cwiseAbs().maxCoeff()});
    if (index > 0) continue;
    REQUIRE(step.moves.size() == kMoves);
    for (const auto& [unit, input, by] : step.moves)
      CHECK(close(by, -step.rate * slope(input, unit), 2e-2));
    CHECK(std::ranges::is_sorted(step.moves, std::greater{},
                                 [](const WeightMove& move) { return std::abs(move.by); }));
    const auto moved_less =
        (step.rate * slope.cwiseAbs().array() <= 1.02 * std::abs(step.moves.back().by)).count();
    CHECK(moved_less >= slope.size() - static_cast<Eigen::Index>(kMoves));
  }
  CHECK(close(step.rate * steepest(0), network.config.learning_rate, 1e-2));
}

TEST_CASE("one step is a run's on that pair alone") {
  const Sample sample(pair_config());
  const OneStep step = sample.step();
  Trainer trainer = run_on_pair(sample, step.rate);
  trainer.step();
  REQUIRE(std::vector<int>(trainer.row_labels().begin(), trainer.row_labels().end()) ==
          std::vector<int>{kLabel, kRival});
  const Scores after = read_image(trainer.network(), sample.pair().pixels);
  for (std::size_t index = 0; index < 2; ++index) {
    const Matrix& scores = *after.of("layer")[index];
    CHECK(close(step.layers[index].before.loss, trainer.report().layers[index].loss, 1e-6));
    CHECK(close(step.layers[index].after.positive, scores(0, kLabel), 1e-6));
    CHECK(close(step.layers[index].after.negative, scores(0, kRival), 1e-6));
  }
  const Matrix moved =
      trainer.network().layers[0].weights.matrix() - sample.network.layers[0].weights.matrix();
  for (const auto& [unit, input, by] : step.moves) CHECK(moved(input, unit) == by);
}

TEST_CASE("one step goes down the loss, however far the run has come") {
  Config config = test::small_config();
  config.objective = "logistic";
  config.peer_strength = 0.1;
  config.weight_decay = 0.5;
  config.schedule = GENERATE(ScheduleKind::kTogether, ScheduleKind::kInTurn, ScheduleKind::kApart);
  const OneStep step = Sample(config).step();
  const PairGoodness& before = step.layers[0].before;
  const PairGoodness& after = step.layers[0].after;
  CHECK(after.loss < before.loss);
  CHECK(step.layers[1].after.loss != step.layers[1].before.loss);
}

TEST_CASE("layers that hear of each other do so in one step as well") {
  Config config = test::small_config();
  config.objective = "logistic";
  config.collaboration = GENERATE(CollaborationKind::kEarlier, CollaborationKind::kAll);
  const Sample sample(config);
  const OneStep step = sample.step();
  Trainer trainer = run_on_pair(sample, step.rate);
  trainer.step();
  for (std::size_t index = 0; index < 2; ++index)
    CHECK(close(step.layers[index].before.loss, trainer.report().layers[index].loss, 1e-6));
}

TEST_CASE("the angle is between what the next layer sees") {
  Config config = test::small_config();
  config.black_box = 1;
  const Sample sample(config);
  const Real seen = sample.inputs()[1];
  const double cosine = seen.row(0).normalized().dot(seen.row(1).normalized());
  CHECK(close(sample.step().layers[0].angle, std::acos(cosine) * 180.0 / std::numbers::pi, 1e-3));
}

TEST_CASE("fields tell of the weights of what they see, and none of those that they share") {
  const bool shared = GENERATE(false, true);
  Config config = test::small_config();
  config.layers = {test::layer_of(shared ? "conv 2x2x3" : "local 2x2x3"), 8};
  const OneStep step = Sample(config).step();
  CHECK(step.layers[0].units == 27);
  CHECK(step.moves.empty() == shared);
  for (const auto& [unit, input, by] : step.moves) {
    const Eigen::Index place = unit / 3;
    const Eigen::Index down = input / 4 - place / 3;
    const Eigen::Index right = input % 4 - place % 3;
    const bool in_field = down >= 0 && down < 2 && right >= 0 && right < 2;
    CHECK((input < test::kClasses || in_field));
  }
}

TEST_CASE("in a silent layer nothing moves and nothing is passed on") {
  Sample sample(test::small_config());
  sample.network.layers[0].bias.flat().setConstant(-100.0F);
  const OneStep step = sample.step();
  CHECK(step.moves.empty());
  CHECK(step.layers[0].angle == 0.0F);
  CHECK(step.layers[0].after.positive == 0.0F);
  CHECK(std::isfinite(step.layers[1].after.loss));
}

TEST_CASE("one step wants two labels that there are, and a net that has a use for them") {
  const Sample sample(test::small_config());
  ImagePair pair = sample.pair();
  pair.rival = GENERATE(kLabel, 10, -1);
  CHECK_THROWS_MATCHES(
      one_step(sample.network, pair, kMoves), Error,
      Catch::Matchers::Message("one step: expected two of the 10 labels, got 3 and " +
                               std::to_string(pair.rival) + "."));
  Config hybrids = test::small_config();
  hybrids.negatives = "hybrid";
  CHECK_THROWS_MATCHES(
      Sample(hybrids).step(), Error,
      Catch::Matchers::Message(
          "one step: expected a net that finds how good a picture is with each label."));
}

}  // namespace ff
