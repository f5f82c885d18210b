#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "ff/error.hpp"
#include "ff/read_out.hpp"
#include "ff/threads.hpp"
#include "ff/trainer.hpp"
#include "rule_fixture.hpp"

namespace ff {
namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using test::layer_of;
using test::plain_config;
using test::Real;
using test::RuleFixture;
using test::WholeReference;

constexpr double kRuleTolerance = 1e-3;

struct RuleAndRate {
  std::string rule;
  LossesKind losses;
  double rate;
};

// With what each needs to learn small images in little time.
Config every_rule() {
  const auto [rule, losses, rate] =
      GENERATE(RuleAndRate{"forward_forward", LossesKind::kWhole, 0.01},
               RuleAndRate{"class_goodness", LossesKind::kWhole, 0.003},
               RuleAndRate{"backprop_label", LossesKind::kWhole, 0.01},
               RuleAndRate{"backprop_pairwise", LossesKind::kWhole, 0.01},
               RuleAndRate{"naive", LossesKind::kWhole, 0.003},
               RuleAndRate{"weight_perturbation", LossesKind::kWhole, 0.003},
               RuleAndRate{"weight_perturbation", LossesKind::kLocal, 0.003},
               RuleAndRate{"activity_perturbation", LossesKind::kWhole, 0.003},
               RuleAndRate{"activity_perturbation", LossesKind::kLocal, 0.003});
  Config config = test::small_config();
  config.rule = rule;
  config.losses = losses;
  config.learning_rate = rate;
  config.softmax_rate = rate;
  config.epochs = 100;
  return config;
}

}  // namespace

TEST_CASE("backprop from labels moves every parameter by the gradient of the whole net") {
  Config config = plain_config("backprop_label");
  config.activation = GENERATE("relu", "student_t");
  config.first_counted_layer = GENERATE(1, 2);
  config.layers = GENERATE_COPY(
      config.layers, std::vector<LayerSpec>{layer_of("local 3x3x2 stride 2"), 4},
      std::vector<LayerSpec>{layer_of("conv 3x3x2 padding 1"), layer_of("conv 2x2x3 stride 2")});
  RuleFixture fixture(config, 8);
  const std::vector<Matrix> gradient = fixture.gradient();
  const std::vector<Real> expected = test::slopes(fixture.network, [&] {
    return WholeReference::cross_entropy(fixture.network, fixture.inputs(), fixture.batch.labels);
  });
  REQUIRE(gradient.size() == expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    CAPTURE(index);
    CHECK(test::difference(gradient[index], expected[index]) < kRuleTolerance);
  }
}

TEST_CASE("backprop from pairs moves every layer by the gradient of the goodness of all") {
  Config config = plain_config("backprop_pairwise");
  config.activation = GENERATE("relu", "student_t");
  config.first_counted_layer = GENERATE(1, 2);
  config.objective = GENERATE("logistic", "swish");
  config.goodness = GENERATE("sum_of_squares", "mean_of_squares");
  if (config.goodness == "sum_of_squares") config.sharpness = 0.2;
  RuleFixture fixture(config, 8);
  const std::vector<Matrix> gradient = fixture.gradient();
  const std::vector<Real> expected = test::slopes(fixture.network, [&] {
    return WholeReference::goodness_loss(fixture.network, fixture.inputs());
  });
  REQUIRE(gradient.size() == expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    CAPTURE(index);
    CHECK(test::difference(gradient[index], expected[index]) < kRuleTolerance);
  }
}

TEST_CASE("a net that learns from labels alone reports its loss, and nothing of goodness") {
  Config config = test::small_config();
  config.rule = "backprop_label";
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
  const Config config = every_rule();
  CAPTURE(test::in_words(config));
  const auto unseen = test::blobs(100, 99);
  Trainer trainer(config, test::blobs(200));
  while (!trainer.finished()) trainer.step();
  const Evaluation after = evaluate(trainer.network(), *unseen, 0, unseen->count());
  CHECK(after.error() < 0.4);
  if (!reads_classes(config)) CHECK(after.rate(after.errors("softmax")) < 0.4);
}

TEST_CASE("every rule gives the same weights on any number of threads") {
  Config config = every_rule();
  config.layers = {70, 40, 30};
  config.epochs = 1;
  const auto trained = [&](int threads) {
    set_thread_count(threads);
    Trainer trainer(config, test::blobs(100));
    while (!trainer.finished()) trainer.step();
    set_thread_count(1);
    return trainer.network();
  };
  const Network alone = trained(1);
  const Network together = trained(available_threads() == 1 ? 1 : 3);
  CHECK(test::same_parameters(alone, together));
}

TEST_CASE("no rule touches what fills up the last panel") {
  const Config config = every_rule();
  Trainer trainer(config, test::blobs(100));
  for (int step = 0; step < 5; ++step) trainer.step();
  for (const Layer& layer : trainer.network().layers)
    CHECK(layer.weights == PanelMatrix(layer.weights.matrix()));
}

TEST_CASE("a black box is refused by rules that would derive through it, and by no other") {
  Config config = every_rule();
  config.black_box = 1;
  const bool whole = config.losses == LossesKind::kWhole;
  const bool derives =
      config.rule == "backprop_label" || config.rule == "backprop_pairwise" ||
      (whole && (config.rule == "weight_perturbation" || config.rule == "activity_perturbation"));
  if (derives) {
    CHECK_THROWS_MATCHES(check(config), Error, MessageMatches(ContainsSubstring("black_box")));
    return;
  }
  Trainer trainer(config, test::blobs(100));
  trainer.step();
  CHECK(trainer.report().layers.back().loss != 0.0);
}

}  // namespace ff
