#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ff {

/// An 8-bit greyscale picture, row by row.
struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  ///< [width * height]
};

/// Decodes a PNG to luminance; transparent pixels are composited on white. `name` is used in error
/// messages only. Throws Error when it is no PNG, is damaged, or is larger than 8192 pixels a side.
GreyImage decode_png(std::span<const std::uint8_t> bytes, std::string_view name);

/// What the header of a PNG says.
struct ImageHeader {
  int width = 0;
  int height = 0;
  bool colour = false;
};

/// Throws Error as decode_png does.
ImageHeader png_header(std::span<const std::uint8_t> bytes, std::string_view name);

/// The same to luminance (1 channel), or to red, green and blue (3 channels), one after another:
/// [channels x width * height].
std::vector<std::uint8_t> decode_png(std::span<const std::uint8_t> bytes, std::string_view name,
                                     int channels);

}  // namespace ff
