#include "ff/presets.hpp"

#include "ff/error.hpp"
#include "preset_files.hpp"

namespace ff {
namespace {

Preset read(const PresetFile& file) {
  const Json json = Json::parse(file.text);
  return {.name = std::string(file.name),
          .title = json.at("title"),
          .summary = json.at("summary"),
          .watch = json.at("watch"),
          .fields = json.at("config"),
          .config = config_from_json(json.at("config"))};
}

}  // namespace

std::span<const Preset> presets() {
  static const std::vector<Preset> all = [] {
    std::vector<Preset> read_ones;
    for (const PresetFile& file : preset_files()) read_ones.push_back(read(file));
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

}  // namespace ff
