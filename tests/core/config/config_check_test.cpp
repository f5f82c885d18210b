#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "../sample.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/presets.hpp"
#include "ff/trainer.hpp"

namespace ff {
namespace {

using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

void refused(const char* field, const char* json) {
  CAPTURE(json);
  CHECK_THROWS_MATCHES(config_from_text(json), Error,
                       MessageMatches(StartsWith(std::string(field) + ": ")));
}

void accepted(const char* json) {
  CAPTURE(json);
  CHECK_NOTHROW(config_from_text(json));
}

Config config_of(const std::string& json) { return config_from_text(json); }

}  // namespace

TEST_CASE("what the softmax is needed for is refused without one") {
  refused("negatives", R"({"negatives": "hard", "softmax_rate": 0})");
  refused("negatives", R"({"negatives": "hybrid", "softmax_rate": 0})");
  refused("rule", R"({"rule": "backprop_label", "softmax_rate": 0})");
  refused("rule", R"({"rule": "naive", "softmax_rate": 0})");
  refused("rule", R"({"rule": "weight_perturbation", "softmax_rate": 0})");
  refused("rule", R"({"rule": "activity_perturbation", "softmax_rate": 0})");
  accepted(R"({"negatives": "uniform", "softmax_rate": 0})");
  accepted(R"({"rule": "backprop_pairwise", "softmax_rate": 0})");
  refused("rule", R"({"rule": "weight_perturbation", "losses": "local", "softmax_rate": 0})");
}

TEST_CASE("layers that are not there are refused") {
  refused("first_counted_layer", R"({"layers": [9, 9], "first_counted_layer": 3})");
  refused("last_counted_layer",
          R"({"layers": [9, 9], "first_counted_layer": 2, "last_counted_layer": 1})");
  refused("last_counted_layer",
          R"({"rule": "weight_perturbation", "losses": "local", "last_counted_layer": 1})");
  refused("first_counted_layer",
          R"({"rule": "weight_perturbation", "losses": "local", "first_counted_layer": 2})");
  refused("black_box", R"({"layers": [9, 9], "black_box": 2})");
  refused("black_box", R"({"layers": [9], "black_box": 1})");
  accepted(R"({"layers": [9, 9], "first_counted_layer": 2, "black_box": 1})");
}

TEST_CASE("more regions than a layer has units are refused") {
  refused("regions", R"({"layers": [9, 3], "regions": 2})");
  refused("regions", R"({"layers": [8, 9], "regions": 3})");
  accepted(R"({"layers": [4, 9], "regions": 2})");
}

TEST_CASE("a black box is refused where a derivative would have to pass it") {
  refused("black_box", R"({"rule": "backprop_label", "black_box": 1})");
  refused("black_box", R"({"rule": "backprop_pairwise", "black_box": 1})");
  refused("black_box", R"({"rule": "weight_perturbation", "black_box": 1})");
  refused("black_box", R"({"rule": "activity_perturbation", "black_box": 1})");
  accepted(R"({"rule": "forward_forward", "black_box": 1})");
  accepted(R"({"rule": "naive", "black_box": 1})");
  accepted(R"({"rule": "weight_perturbation", "losses": "local", "black_box": 1})");
}

TEST_CASE("a scale is learnt only by rules that derive") {
  refused("normalisation", R"({"normalisation": "scaled_batch"})");
  refused("normalisation", R"({"rule": "weight_perturbation", "normalisation": "scaled_batch"})");
  accepted(R"({"rule": "class_goodness", "normalisation": "scaled_batch"})");
  accepted(R"({"rule": "backprop_label", "normalisation": "scaled_batch"})");
}

TEST_CASE("what does not matter counts as its default, so that nothing hidden is refused") {
  const auto* const rule =
      GENERATE("backprop_label", "backprop_pairwise", "naive", "weight_perturbation");
  const auto [name, value] = GENERATE(table<std::string, Json>({{"schedule", "in_turn"},
                                                                {"schedule", "apart"},
                                                                {"collaboration", "earlier"},
                                                                {"collaboration", "all"},
                                                                {"peer_strength", 0.5},
                                                                {"regions", 2}}));
  CAPTURE(rule, name);
  const Config config = config_of(Json({{"rule", rule}, {name, value}}).dump());
  CHECK(field(name).get(config) == value);
  CHECK(field(name).get(in_effect(config)) == field(name).get(Config{}));
  CHECK(test::network_of(config, 8).config == in_effect(config));
}

TEST_CASE("a setting that one which does not matter itself would call for does not matter") {
  const Config config = config_of(R"({"rule": "naive", "schedule": "apart", "phase": 7})");
  CHECK_FALSE(applies(field("phase"), config));
  CHECK(in_effect(config).phase == Config{}.phase);
  CHECK(applies(field("phase"), config_of(R"({"schedule": "apart", "phase": 7,
                                               "objective": "logistic"})")));
}

TEST_CASE("backprop of goodness has no use for hybrids, and no other rule for negatives") {
  refused("negatives", R"({"rule": "backprop_pairwise", "negatives": "hybrid"})");
  CHECK(in_effect(config_of(R"({"rule": "naive", "negatives": "hybrid"})")).negatives ==
        Config{}.negatives);
}

TEST_CASE("a preset sets nothing that does not matter") {
  for (const Preset& preset : presets()) {
    CAPTURE(preset.name);
    CHECK(in_effect(preset.config) == preset.config);
  }
}

TEST_CASE("objectives that compare are refused while positives and negatives come apart") {
  refused("schedule", R"({"schedule": "apart", "objective": "pairwise"})");
  refused("schedule", R"({"schedule": "apart", "objective": "swish"})");
  refused("schedule", R"({"schedule": "apart", "objective": "entropy"})");
  accepted(R"({"schedule": "apart", "objective": "logistic"})");
}

TEST_CASE("while layers learn in turn later ones are not to be heard") {
  refused("collaboration", R"({"schedule": "in_turn", "collaboration": "all"})");
  accepted(R"({"schedule": "in_turn", "collaboration": "earlier"})");
  accepted(R"({"schedule": "together", "collaboration": "all"})");
}

TEST_CASE("the entropy objective is refused where goodness is below 0") {
  refused("polarity", R"({"objective": "entropy", "polarity": "low"})");
  refused("goodness", R"({"objective": "entropy", "goodness": "sum", "activation": "leaky_relu"})");
  accepted(R"({"objective": "entropy", "goodness": "sum", "activation": "relu"})");
  accepted(R"({"objective": "entropy", "goodness": "sum", "activation": "student_t"})");
  accepted(R"({"objective": "entropy", "activation": "leaky_relu"})");
  accepted(R"({"objective": "swish", "goodness": "sum", "activation": "leaky_relu"})");
}

TEST_CASE("a trainer refuses what contradicts itself") {
  Config config = test::small_config();
  config.black_box = 2;
  CHECK_THROWS_MATCHES(Trainer(config, test::blobs(100)), Error,
                       MessageMatches(StartsWith("black_box: ")));
}

TEST_CASE("labels are written into images where goodness is to be read, and nowhere else") {
  for (const char* const json :
       {"{}", R"({"negatives": "hard"})", R"({"rule": "backprop_pairwise"})"}) {
    CAPTURE(json);
    CHECK_FALSE(learns_by_softmax(config_of(json)));
    CHECK(reads_goodness(config_of(json)));
    CHECK(label_strength(config_of(json)) == 5.0F);
  }
  for (const char* const json :
       {R"({"rule": "backprop_label"})", R"({"rule": "naive"})",
        R"({"rule": "weight_perturbation"})", R"({"rule": "activity_perturbation"})",
        R"({"rule": "weight_perturbation", "losses": "local"})",
        R"({"rule": "activity_perturbation", "losses": "local"})"}) {
    CAPTURE(json);
    CHECK(learns_by_softmax(config_of(json)));
    CHECK_FALSE(reads_goodness(config_of(json)));
    CHECK(label_strength(config_of(json)) == 0.0F);
  }
  const Config hybrid = config_of(R"({"negatives": "hybrid"})");
  CHECK_FALSE(learns_by_softmax(hybrid));
  CHECK_FALSE(reads_goodness(hybrid));
  CHECK(label_strength(hybrid) == 0.0F);
}

}  // namespace ff
