#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ff/dataset.hpp"

namespace ff::cli {

/// One image to be read, as the net will see it.
struct Picture {
  std::string file;
  std::optional<std::size_t> index{};  ///< in its IDX file
  std::vector<std::uint8_t> pixels{};  ///< empty: there is nothing drawn
};

/// The picture of a PNG or JPEG file, or those of an IDX file (all, or the one at `index`), plain
/// or gzip. A picture that is 28x28 with bright ink is taken as it is; any other is centred and
/// sized as MNIST's. Throws Error naming the file.
std::vector<Picture> load_pictures(const std::filesystem::path& path,
                                   std::optional<std::size_t> index);

}  // namespace ff::cli
