#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ff/image.hpp"

/// PNG and JPEG files, of every kind but JPEGs in CMYK. Natively only: in a page the browser
/// decodes them. Everything here throws Error, with `name` in it, when a file is no such picture,
/// is damaged or truncated, or is larger than 8192 pixels a side.
namespace ff {

/// What the beginning of a picture says. A photograph is upright, as its EXIF orientation asks.
struct PictureHeader {
  int width = 0;
  int height = 0;
  bool colour = false;  ///< of a palette: whether any of its colours is none of grey
};

PictureHeader picture_header(std::span<const std::uint8_t> bytes, std::string_view name);

/// Decodes to luminance (1 channel), or to red, green and blue (3 channels), one after another:
/// [channels x width * height]. Transparent pixels lie on white, or on black where white would
/// leave nothing to see. What a file says of its gamma and colour space is not looked at.
std::vector<std::uint8_t> decode_picture(std::span<const std::uint8_t> bytes, std::string_view name,
                                         int channels);

/// The same to luminance.
GreyImage decode_picture(std::span<const std::uint8_t> bytes, std::string_view name);

}  // namespace ff
