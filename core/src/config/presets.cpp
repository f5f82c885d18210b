#include "ff/presets.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "ff/error.hpp"
#include "preset_files.hpp"

namespace ff {
namespace {

Experiment experiment_from_json(const Json& json, const Config& config) {
  Experiment experiment{.seeds = json.at("seeds"),
                        .source = json.at("source"),
                        .published = json.at("published"),
                        .goal = json.at("goal"),
                        .by_softmax = json.value("by_softmax", false),
                        .readings = json.value("readings", Json::object())};
  if (experiment.seeds.empty()) throw Error("seeds: expected at least one.");
  check(experiment, config);
  return experiment;
}

Preset preset_from_json(std::string_view name, const Json& json) {
  Preset preset{.name = std::string(name),
                .title = json.at("title"),
                .summary = json.at("summary"),
                .watch = json.at("watch"),
                .fields = json.at("config"),
                .config = config_from_json(json.at("config"))};
  if (json.contains("order")) {
    preset.order = json.at("order").get<int>();
    preset.group = json.at("group").get<std::string>();
  }
  preset.note = json.value("note", "");
  if (json.contains("experiment"))
    preset.experiment = experiment_from_json(json.at("experiment"), preset.config);
  return preset;
}

bool comes_before(const Preset& one, const Preset& other) {
  constexpr int kLast = std::numeric_limits<int>::max();
  return std::pair(one.order.value_or(kLast), one.name) <
         std::pair(other.order.value_or(kLast), other.name);
}

}  // namespace

void check(const Experiment& experiment, const Config& config) {
  if (experiment.by_softmax && config.softmax_rate == 0.0)
    throw Error("softmax_rate: this experiment is judged by the softmax, expected above 0.");
  for (const auto& [title, reading] : experiment.readings.items()) read_as(config, reading);
}

Config read_as(Config config, const Json& reading) {
  for (const auto& [name, value] : reading.items()) set_field(config, name, value);
  check(config);
  return config;
}

std::span<const Preset> presets() {
  static const std::vector<Preset> all = [] {
    std::vector<Preset> read_ones;
    for (const PresetFile& file : preset_files())
      read_ones.push_back(preset_from_text(file.name, file.text));
    std::sort(read_ones.begin(), read_ones.end(), comes_before);
    return read_ones;
  }();
  return all;
}

const Preset& preset(std::string_view name) {
  std::string names;
  for (const Preset& preset : presets()) {
    if (preset.name == name) return preset;
    names += (names.empty() ? "" : ", ") + preset.name;
  }
  throw Error("preset: expected one of " + names + ", got \"" + std::string(name.substr(0, 60)) +
              "\".");
}

Preset preset_from_text(std::string_view name, std::string_view text) {
  const std::string file = "core/presets/" + std::string(name) + ".json";
  try {
    return preset_from_json(name, Json::parse(text));
  } catch (const Json::exception& fault) {
    fail_file(file, fault.what());
  } catch (const Error& fault) {
    fail_file(file, fault.what());
  }
}

}  // namespace ff
