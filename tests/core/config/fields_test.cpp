#include "ff/fields.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <set>

#include "ff/error.hpp"
#include "ff/objective.hpp"
#include "ff/overloaded.hpp"
#include "ff/presets.hpp"

namespace ff {
namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::Message;
using Catch::Matchers::MessageMatches;

void sets(const std::string& name, const Json& value) {
  Config config;
  set_field(config, name, value);
}

// Both ends of a range and something between, or every choice.
std::vector<Json> some_values(const Field& field) {
  return std::visit(
      Overloaded{[](const IntegerRange& range) {
                   return std::vector<Json>{range.minimum, range.minimum + 1, range.maximum};
                 },
                 [](const RealRange& range) {
                   const double between = 0.3 * range.minimum + 0.7 * range.maximum;
                   return std::vector<Json>{range.minimum, between, range.maximum};
                 },
                 [](const LayerList&) {
                   return std::vector<Json>{Json::array({1}), Json::array({8192, 7, 3})};
                 },
                 [](const Choices& choices) {
                   std::vector<Json> values;
                   for (const Choice& choice : choices) values.emplace_back(choice.value);
                   return values;
                 }},
      field.domain);
}

}  // namespace

TEST_CASE("every field goes out to JSON and comes back the same") {
  Config config;
  config.layers = {3, 5, 7};
  config.goodness = "sum_of_squares";
  config.objective = "pairwise";
  config.negatives = "hard";
  config.optimiser = OptimiserKind::kSgd;
  config.dataset = "fashion-mnist";
  config.learning_rate = 0.0123;
  config.seed = 9007199254740991;
  const Json json = to_json(config);
  CHECK(json.size() == fields().size());
  CHECK(config_from_json(json) == config);
}

TEST_CASE("every value of every field comes back, and sets no other field") {
  for (const Field& field : fields()) {
    CAPTURE(field.name);
    for (const Json& value : some_values(field)) {
      CAPTURE(value.dump());
      Config config;
      set_field(config, field.name, value);
      CHECK(field.get(config) == value);
      for (const Field& other : fields())
        if (other.name != field.name) CHECK(other.get(config) == other.get(Config{}));
      const Json all = to_json(config);
      Config copy;
      for (const auto& [name, json] : all.items()) set_field(copy, name, json);
      CHECK(copy == config);
    }
  }
}

TEST_CASE("a choice means what its name says") {
  const auto set = [](std::string_view name, std::string_view value) {
    Config config;
    set_field(config, name, value);
    return config;
  };
  CHECK(set("activation", "relu").activation == "relu");
  CHECK(set("activation", "leaky_relu").activation == "leaky_relu");
  CHECK(set("activation", "student_t").activation == "student_t");
  CHECK(set("rule", "forward_forward").rule == "forward_forward");
  CHECK(set("rule", "backprop_label").rule == "backprop_label");
  CHECK(set("rule", "backprop_pairwise").rule == "backprop_pairwise");
  CHECK(set("rule", "naive").rule == "naive");
  CHECK(set("rule", "weight_perturbation").rule == "weight_perturbation");
  CHECK(set("rule", "activity_perturbation").rule == "activity_perturbation");
  CHECK(set("losses", "whole").losses == LossesKind::kWhole);
  CHECK(set("losses", "local").losses == LossesKind::kLocal);
  CHECK(set("schedule", "together").schedule == ScheduleKind::kTogether);
  CHECK(set("schedule", "in_turn").schedule == ScheduleKind::kInTurn);
  CHECK(set("schedule", "apart").schedule == ScheduleKind::kApart);
  CHECK(set("goodness", "sum_of_squares").goodness == "sum_of_squares");
  CHECK(set("goodness", "mean_of_squares").goodness == "mean_of_squares");
  CHECK(set("goodness", "sum").goodness == "sum");
  CHECK(set("polarity", "high").polarity == PolarityKind::kHigh);
  CHECK(set("polarity", "low").polarity == PolarityKind::kLow);
  CHECK(set("objective", "logistic").objective == "logistic");
  CHECK(set("objective", "pairwise").objective == "pairwise");
  CHECK(set("objective", "swish").objective == "swish");
  CHECK(set("objective", "entropy").objective == "entropy");
  CHECK(set("collaboration", "none").collaboration == CollaborationKind::kNone);
  CHECK(set("collaboration", "earlier").collaboration == CollaborationKind::kEarlier);
  CHECK(set("collaboration", "all").collaboration == CollaborationKind::kAll);
  CHECK(set("negatives", "uniform").negatives == "uniform");
  CHECK(set("negatives", "hard").negatives == "hard");
  CHECK(set("negatives", "hybrid").negatives == "hybrid");
  CHECK(set("optimiser", "adam").optimiser == OptimiserKind::kAdam);
  CHECK(set("optimiser", "sgd").optimiser == OptimiserKind::kSgd);
}

TEST_CASE("every default is within its own range, and every field says what it is") {
  std::set<std::string_view> names;
  for (const Field& field : fields()) {
    CAPTURE(field.name);
    CHECK_NOTHROW(sets(std::string(field.name), field.get(Config{})));
    for (const Condition& condition : field.applies) CHECK(names.contains(condition.field));
    CHECK(names.insert(field.name).second);
    CHECK_FALSE(field.title.empty());
    CHECK(field.help.ends_with('.'));
  }
}

TEST_CASE("a bad value is refused in one sentence that names the field and what was expected") {
  CHECK_THROWS_MATCHES(sets("learning_rate", "abc"), Error,
                       Message("learning_rate: expected a number from 1e-07 to 10, got \"abc\"."));
  CHECK_THROWS_MATCHES(sets("epochs", 0), Error,
                       Message("epochs: expected a whole number from 1 to 100000, got 0."));
  CHECK_THROWS_MATCHES(sets("epochs", 1.5), Error, MessageMatches(ContainsSubstring("got 1.5")));
  CHECK_THROWS_MATCHES(sets("optimiser", "magic"), Error,
                       Message("optimiser: expected one of adam, sgd, got \"magic\"."));
  CHECK_THROWS_MATCHES(
      sets("layers", Json::array()), Error,
      MessageMatches(ContainsSubstring("layers: expected 1 to 32 layers, each of 1 to 8192")));
  CHECK_THROWS_AS(sets("layers", Json::array({500, -1})), Error);
  CHECK_THROWS_AS(sets("seed", 1e300), Error);
  CHECK_THROWS_AS(sets("seed", 18446744073709551615U), Error);
  CHECK_THROWS_AS(sets("threshold", nullptr), Error);
  CHECK_THROWS_AS(config_from_text("{\"threshold\": NaN}"), Error);
  CHECK_THROWS_AS(config_from_text("{\"threshold\": 1e999}"), Error);
}

TEST_CASE("a hostile value does not flood the message") {
  try {
    sets("objective", std::string(100'000, 'x'));
    FAIL("it was accepted");
  } catch (const Error& error) {
    CHECK(std::string_view(error.what()).size() < 200);
  }
}

TEST_CASE("an unknown field is refused with the nearest name") {
  CHECK_THROWS_MATCHES(
      sets("learning_rat", 1), Error,
      Message("config: there is no field \"learning_rat\"; the nearest is \"learning_rate\"."));
  CHECK_THROWS_AS(field(std::string(1'000'000, 'x')), Error);
}

TEST_CASE("text that is no JSON object is refused") {
  const auto* const text = GENERATE("", "[]", "3", "{", "\xff\xfe", "{\"seed\": 1,}");
  CHECK_THROWS_MATCHES(config_from_text(text), Error,
                       MessageMatches(ContainsSubstring("expected a JSON object")));
}

TEST_CASE("fields are set from text as typed on a command line") {
  Config config;
  set_field_from_text(config, "layers", "500,400");
  set_field_from_text(config, "learning_rate", "0.01");
  set_field_from_text(config, "negatives", "hard");
  set_field_from_text(config, "seed", "7");
  CHECK(config.layers == std::vector<LayerSpec>{500, 400});
  CHECK(config.learning_rate == 0.01);
  CHECK(config.negatives == "hard");
  CHECK(config.seed == 7);
  CHECK_THROWS_AS(set_field_from_text(config, "layers", "500,,3"), Error);
  CHECK_THROWS_AS(set_field_from_text(config, "layers", ""), Error);
  CHECK_THROWS_AS(set_field_from_text(config, "learning_rate", "nan"), Error);
  CHECK_THROWS_AS(set_field_from_text(config, "learning_rate", "0.1x"), Error);
}

TEST_CASE("fields that contradict each other are refused") {
  CHECK_THROWS_MATCHES(config_from_text(R"({"negatives": "hard", "softmax_rate": 0})"), Error,
                       MessageMatches(ContainsSubstring("negatives: ")));
  CHECK_THROWS_MATCHES(config_from_text(R"({"layers": [9], "first_counted_layer": 2})"), Error,
                       MessageMatches(ContainsSubstring("first_counted_layer: ")));
}

TEST_CASE("the schema describes every field with its default and range") {
  const Json schema = config_schema();
  CHECK(schema["properties"].size() == fields().size());
  CHECK(schema["properties"]["epochs"]["default"] == Config{}.epochs);
  CHECK(schema["properties"]["epochs"]["minimum"] == 1);
  CHECK(schema["properties"]["objective"]["enum"].size() == objectives().size());
  CHECK(schema["properties"]["threshold"]["x-applies"][0]["field"] == "objective");
  CHECK(schema["properties"]["layers"]["items"]["anyOf"][0]["maximum"] == 8192);
}

}  // namespace ff
