#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ff/fields.hpp"

namespace ff {

/// A named experiment from core/presets/.
struct Preset {
  std::string name;
  std::string title;
  std::string summary;  ///< one short sentence
  std::string watch;    ///< what to look at while it trains
  Json fields;          ///< those that differ from the defaults
  Config config;
};

std::span<const Preset> presets();

/// Throws Error that lists the names when there is no such preset.
const Preset& preset(std::string_view name);

}  // namespace ff
