#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ff/network.hpp"

namespace ff::cli {

/// One image to be read, as the net will see it.
struct Picture {
  std::string file;
  std::optional<std::size_t> index{};  ///< in its IDX file
  std::vector<std::uint8_t> pixels{};  ///< empty: there is nothing drawn
};

/// The picture of a PNG or JPEG file, or those of an IDX file (all, or the one at `index`), plain
/// or gzip, as those the net learnt from. For a net that learnt MNIST a picture that is not 28x28
/// with bright ink is centred and sized as MNIST's; any other net takes pictures of its own shape
/// alone. Throws Error naming the file.
std::vector<Picture> load_pictures(const std::filesystem::path& path, const Network& network,
                                   std::optional<std::size_t> index);

}  // namespace ff::cli
