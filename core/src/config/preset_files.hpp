#pragma once

#include <span>
#include <string_view>

namespace ff {

/// A file of core/presets/, compiled in so that every build carries the same ones.
struct PresetFile {
  std::string_view name;  ///< without its ending
  std::string_view text;
};

/// In the order of their names. Defined in a source that CMake writes from the files.
std::span<const PresetFile> preset_files();

}  // namespace ff
