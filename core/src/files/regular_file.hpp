#pragma once

#include <filesystem>
#include <vector>

#include "ff/error.hpp"
#include "ff/files.hpp"

namespace ff {

/// The whole of a file of a data set. A pipe among them would be waited for without end, so it is
/// refused, and so are devices. Throws Error naming it.
inline std::vector<std::uint8_t> read_regular_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_other(path, ignored))
    fail_file(path.string(), "this is a pipe or a device, an ordinary file was expected.");
  return read_file(path);
}

}  // namespace ff
