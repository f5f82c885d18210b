#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ff {

/// The images of an IDX file, without labels.
struct IdxImages {
  std::size_t count = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  ///< [count x width * height], row by row
};

/// Reads LeCun's IDX format (magic 0x00000803: count, rows, columns, pixels), unpacked. `name` is
/// used in error messages only. Throws Error when it is malformed, holds no image, or is shorter
/// or longer than its header says.
IdxImages idx_images(std::span<const std::uint8_t> bytes, std::string_view name);

/// Reads the labels of an IDX file (magic 0x00000801: count, labels), unpacked. Throws Error
/// as above, and when a label is above 9.
std::vector<std::uint8_t> idx_labels(std::span<const std::uint8_t> bytes, std::string_view name);

}  // namespace ff
