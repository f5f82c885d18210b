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

constexpr double kSharedLossTolerance = 1e-2;

Config with(CollaborationKind collaboration) {
  Config config = test::plain_steps(test::small_config());
  config.collaboration = collaboration;
  config.layers = {12, 10, 8};
  config.batch = 4;
  config.sharpness = 2.0;
  config.threshold = 0.5;
  return config;
}

// What one step makes of a net, and what it was made from.
struct Step {
  Network before, after;
  std::vector<Real> inputs;  // [layers] to each of them, before

  Matrix moved(std::size_t index) const {
    return after.layers[index].weights.matrix() - before.layers[index].weights.matrix();
  }

  // What layer `index` adds to the goodness of others.
  Eigen::VectorXd share(std::size_t index) const {
    const Config& config = before.config;
    const Real units =
        DenseReference::activity(before.layers[index], inputs[index], config.activation);
    const bool logistic = config.objective == "logistic";
    return DenseReference::goodness(units, config).array() -
           (logistic ? DenseReference::threshold(config, units.cols()) : 0.0);
  }

  // What layers `first` to before `last` add to the goodness of layer `index`.
  Eigen::VectorXd others(std::size_t index, std::size_t first, std::size_t last) const {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(inputs[0].rows());
    for (std::size_t other = first; other < last; ++other)
      if (other != index) sum += share(other);
    return sum;
  }

  // How far layer `index` should have moved, given what the others add.
  Real expected(std::size_t index, const Eigen::VectorXd& others) {
    Layer& layer = before.layers[index];
    const auto loss = [&] {
      return DenseReference::layer_loss(layer, inputs[index], before.config, others);
    };
    return -before.config.learning_rate * test::finite_differences(layer.weights, loss);
  }
};

Step step_of(Trainer& trainer) {
  Step step{.before = trainer.network(), .after = {}, .inputs = {}};
  trainer.step();
  step.after = trainer.network();
  step.inputs = DenseReference::all_inputs(
      step.before, DenseReference{step.before.config.label_strength}.inputs(trainer.batch(),
                                                                            trainer.row_labels()));
  return step;
}

Step first_step(const Config& config) {
  Trainer trainer(config, blobs(40, 7, 4));
  return step_of(trainer);
}

Config any_config(CollaborationKind collaboration) {
  Config config = with(collaboration);
  config.objective = GENERATE("logistic", "pairwise", "entropy");
  return config;
}

}  // namespace

TEST_CASE("with earlier layers: each adds what those below it say, the lowest is alone") {
  Step step = first_step(any_config(CollaborationKind::kEarlier));
  for (std::size_t index = 0; index < 3; ++index) {
    const Real expected = step.expected(index, step.others(index, 0, index));
    CHECK(test::difference(step.moved(index), expected) < kSharedLossTolerance);
  }
}

TEST_CASE("with all other layers: each adds what the others said before the step") {
  Step step = first_step(any_config(CollaborationKind::kAll));
  for (std::size_t index = 0; index < 3; ++index) {
    const Real expected = step.expected(index, step.others(index, 0, 3));
    CHECK(test::difference(step.moved(index), expected) < kSharedLossTolerance);
  }
}

TEST_CASE("collaboration changes the layers that hear of others and no other") {
  const Step alone = first_step(with(CollaborationKind::kNone));
  const Step earlier = first_step(with(CollaborationKind::kEarlier));
  const Step all = first_step(with(CollaborationKind::kAll));
  CHECK(earlier.moved(0) == alone.moved(0));
  CHECK(test::difference(earlier.moved(1), alone.moved(1).cast<double>()) > 0.02);
  CHECK(test::difference(earlier.moved(2), alone.moved(2).cast<double>()) > 0.02);
  CHECK(test::difference(all.moved(0), alone.moved(0).cast<double>()) > 0.02);
  CHECK(test::difference(all.moved(2), earlier.moved(2).cast<double>()) < 1e-4);
}

TEST_CASE("no gradient leaks from what other layers add") {
  Config config = with(CollaborationKind::kAll);
  config.objective = "logistic";
  Step step = first_step(config);
  Layer& layer = step.before.layers[0];
  // As if layer 1 answered for what it makes those above it say.
  const auto leaking = [&] {
    const Step changed{.before = step.before,
                       .after = {},
                       .inputs = DenseReference::all_inputs(step.before, step.inputs[0])};
    return DenseReference::layer_loss(layer, step.inputs[0], config, changed.others(0, 0, 3));
  };
  const Real leak = -config.learning_rate * test::finite_differences(layer.weights, leaking);
  CHECK(test::difference(step.moved(0), leak) > 0.05);
  CHECK(test::difference(step.moved(0), step.expected(0, step.others(0, 0, 3))) <
        kSharedLossTolerance);
}

TEST_CASE("a layer that learns in its turn hears of the layers that have had theirs") {
  Config config = with(CollaborationKind::kEarlier);
  config.schedule = ScheduleKind::kInTurn;
  Trainer trainer(config, blobs(12, 7, 4));
  REQUIRE(trainer.steps() == 12);
  while (!trainer.finished()) {
    const auto index = static_cast<std::size_t>(trainer.state().step / 4);
    Step step = step_of(trainer);
    const Real expected = step.expected(index, step.others(index, 0, index));
    CHECK(test::difference(step.moved(index), expected) < kSharedLossTolerance);
  }
}

TEST_CASE("collaborating layers learn") {
  Config config = test::small_config();
  config.collaboration = GENERATE(CollaborationKind::kEarlier, CollaborationKind::kAll);
  config.epochs = 30;
  config.learning_rate = 0.01;
  const auto unseen = blobs(100, 99);
  Trainer trainer(config, blobs(200));
  while (!trainer.finished()) trainer.step();
  CHECK(evaluate(trainer.network(), *unseen, 0, unseen->count()).error() < 0.1);
}

}  // namespace ff
