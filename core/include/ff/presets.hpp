#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ff/fields.hpp"

namespace ff {

/// How a preset is reproduced, and what its error is held against.
struct Experiment {
  std::vector<std::int64_t> seeds;  ///< a run each
  std::string source;               ///< where a figure was published
  std::string published;            ///< that figure, in per cent; text, as it may be a span
  double goal = 0.0;                ///< what the mean error is to be at most, in per cent
  bool by_softmax = false;          ///< whether the one-pass softmax is judged, not goodness
  /// Other ways in which its nets are read in the end: fields of reading by the title of the way.
  Json readings = Json::object();
};

/// Throws Error when a net of `config` has no read-out of the kind that is judged, or cannot be
/// read in one of the other ways.
void check(const Experiment& experiment, const Config& config);

/// The config of a net that is read in such a way.
Config read_as(Config config, const Json& reading);

/// A named config from core/presets/.
struct Preset {
  std::string name;
  std::string title;
  std::string summary;  ///< one short sentence
  std::string watch;    ///< what to look at while it trains
  Json fields;          ///< those that differ from the defaults
  Config config;
  std::optional<int> order{};  ///< its place on the page, which offers those that have one
  std::string group{};         ///< under which it stands there
  std::string note{};          ///< what to know beside its result; "" when there is nothing
  std::optional<Experiment> experiment{};  ///< those that have one can be reproduced
};

/// All of them, those with an order first, the others by name.
std::span<const Preset> presets();

/// Throws Error that lists the names when there is no such preset.
const Preset& preset(std::string_view name);

/// Reads a preset's file. Throws Error naming the preset when a part is missing or of a wrong kind.
Preset preset_from_text(std::string_view name, std::string_view text);

}  // namespace ff
