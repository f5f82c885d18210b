#include "ff/presets.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "ff/error.hpp"

namespace ff {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

Json plain() {
  return {{"title", "Plain"},
          {"summary", "a summary"},
          {"watch", "what to see"},
          {"config", {{"batch", 50}}}};
}

Preset read(const Json& json) { return preset_from_text("plain", json.dump()); }

}  // namespace

TEST_CASE("presets are configs with a title, and an unknown one is refused with their names") {
  REQUIRE_FALSE(presets().empty());
  for (const Preset& known : presets()) {
    CHECK_FALSE(known.title.empty());
    CHECK_FALSE(known.summary.empty());
    CHECK(preset(known.name).config == known.config);
  }
  CHECK_THROWS_MATCHES(preset("nonsense"), Error, MessageMatches(ContainsSubstring("supervised")));
}

TEST_CASE("presets come in the order of the page, the others after them by name") {
  CHECK(presets().front().name == "supervised");
  const auto first_without = std::find_if(presets().begin(), presets().end(),
                                          [](const Preset& known) { return !known.order; });
  CHECK(std::is_sorted(
      presets().begin(), first_without,
      [](const Preset& one, const Preset& other) { return one.order < other.order; }));
  CHECK(std::is_sorted(first_without, presets().end(), [](const Preset& one, const Preset& other) {
    return one.name < other.name;
  }));
  CHECK(std::none_of(first_without, presets().end(),
                     [](const Preset& known) { return known.order.has_value(); }));
}

TEST_CASE("a preset has an order, a note and an experiment only if its file says so") {
  const Preset preset = read(plain());
  CHECK(preset.name == "plain");
  CHECK(preset.config.batch == 50);
  CHECK_FALSE(preset.order);
  CHECK(preset.note.empty());
  CHECK_FALSE(preset.experiment);
}

TEST_CASE("a preset's experiment has seeds, a source, the published figure and a goal") {
  Json json = plain();
  json["order"] = 3;
  json["group"] = "With labels";
  json["note"] = "a smaller net";
  json["experiment"] = {
      {"seeds", {1, 2}}, {"source", "Someone 2023"}, {"published", "1.33–1.47"}, {"goal", 1.4}};
  const Preset preset = read(json);
  CHECK(preset.order == 3);
  CHECK(preset.group == "With labels");
  CHECK(preset.note == "a smaller net");
  REQUIRE(preset.experiment);
  CHECK(preset.experiment->seeds == std::vector<std::int64_t>{1, 2});
  CHECK(preset.experiment->source == "Someone 2023");
  CHECK(preset.experiment->published == "1.33–1.47");
  CHECK(preset.experiment->goal == 1.4);
  CHECK_FALSE(preset.experiment->by_softmax);
}

TEST_CASE("an experiment is judged by the softmax if its preset says so and there is one") {
  Json json = plain();
  json["experiment"] = {{"seeds", {1}},
                        {"source", "Someone 2023"},
                        {"published", "1"},
                        {"goal", 1},
                        {"by_softmax", true}};
  CHECK(read(json).experiment->by_softmax);
  json["config"]["softmax_rate"] = 0.0;
  CHECK_THROWS_MATCHES(read(json), Error, MessageMatches(ContainsSubstring("softmax_rate: ")));
}

TEST_CASE("other readings of an experiment are fields with values that can be") {
  Json json = plain();
  json["experiment"] = {{"seeds", {1}},
                        {"source", "Someone 2023"},
                        {"published", "1"},
                        {"goal", 1},
                        {"readings", {{"elsewhere", {{"softmax_shift", 1}}}}}};
  const Preset preset = read(json);
  const Json& reading = preset.experiment->readings.at("elsewhere");
  CHECK(read_as(preset.config, reading).softmax_shift == 1);
  json["experiment"]["readings"]["elsewhere"]["softmax_shift"] = -1;
  CHECK_THROWS_MATCHES(read(json), Error, MessageMatches(ContainsSubstring("softmax_shift: ")));
}

TEST_CASE("a fault in a preset's file names the preset") {
  Json no_title = plain();
  no_title.erase("title");
  Json no_seeds = plain();
  no_seeds["experiment"] = {
      {"seeds", Json::array()}, {"source", ""}, {"published", "-"}, {"goal", 1}};
  Json wrong_order = plain();
  wrong_order["order"] = "first";
  Json no_group = plain();
  no_group["order"] = 3;
  Json wrong_config = plain();
  wrong_config["config"]["batch"] = "all";
  for (const Json& json : {no_title, no_seeds, wrong_order, no_group, wrong_config})
    CHECK_THROWS_MATCHES(read(json), Error, MessageMatches(ContainsSubstring("plain.json: ")));
  CHECK_THROWS_AS(preset_from_text("plain", "{"), Error);
}

}  // namespace ff
