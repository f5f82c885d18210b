#include <algorithm>
#include <array>
#include <cmath>

#include "ff/drawing.hpp"

namespace ff {
namespace {

/// The paper's lightness at the four corners: top left, top right, bottom left, bottom right. Each
/// is the median of a quarter of the border, which ink seldom reaches.
std::array<float, 4> paper_at_corners(const GreyImage& picture) {
  std::array<std::vector<std::uint8_t>, 4> quarters;
  for (int y = 0; y < picture.height; ++y) {
    const bool edge_row = y == 0 || y == picture.height - 1;
    const int step = edge_row ? 1 : std::max(1, picture.width - 1);
    for (int x = 0; x < picture.width; x += step) {
      const int quarter = (2 * y < picture.height ? 0 : 2) + (2 * x < picture.width ? 0 : 1);
      quarters[quarter].push_back(picture.pixels[static_cast<std::size_t>(y) * picture.width + x]);
    }
  }
  std::array<float, 4> corners{};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    std::vector<std::uint8_t>& quarter = quarters[i];
    if (quarter.empty()) continue;  // of a picture one pixel wide or high: weighs nothing below
    const auto middle = quarter.begin() + static_cast<std::ptrdiff_t>(quarter.size() / 2);
    std::nth_element(quarter.begin(), middle, quarter.end());
    corners[i] = *middle;
  }
  return corners;
}

/// How much lighter than the paper each pixel is; between the corners the paper's lightness is
/// interpolated, since light seldom falls evenly.
std::vector<float> above_paper(const GreyImage& picture) {
  const std::array<float, 4> paper = paper_at_corners(picture);
  std::vector<float> difference;
  difference.reserve(picture.pixels.size());
  for (int y = 0; y < picture.height; ++y) {
    const float down = static_cast<float>(y) / static_cast<float>(std::max(1, picture.height - 1));
    const float left = std::lerp(paper[0], paper[2], down);
    const float right = std::lerp(paper[1], paper[3], down);
    for (int x = 0; x < picture.width; ++x) {
      const float across =
          static_cast<float>(x) / static_cast<float>(std::max(1, picture.width - 1));
      difference.push_back(static_cast<float>(picture.pixels[difference.size()]) -
                           std::lerp(left, right, across));
    }
  }
  return difference;
}

}  // namespace

GreyImage ink_on_black(const GreyImage& picture) {
  if (picture.pixels.empty()) return picture;
  const std::vector<float> difference = above_paper(picture);
  const auto [darkest, lightest] = std::ranges::minmax(difference);
  const float sign = -darkest > lightest ? -1.0f : 1.0f;
  GreyImage ink = picture;
  std::ranges::transform(difference, ink.pixels.begin(), [sign](float value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(sign * value, 0.0f, 255.0f)));
  });
  return ink;
}

}  // namespace ff
