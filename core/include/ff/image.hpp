#pragma once

#include <cstdint>
#include <vector>

namespace ff {

/// An 8-bit greyscale picture, row by row.
struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  ///< [width * height]
};

}  // namespace ff
