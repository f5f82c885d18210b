#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "ff/label_code.hpp"

namespace ff {
namespace {

// Half waves across and down; each pair of them is at right angles to every other (the basis of the
// discrete cosine transform).
struct Waves {
  int across, down;
};

// All but the one that is even, the longest first.
std::vector<Waves> longest_first(const Shape& shape) {
  std::vector<Waves> all;
  for (int down = 0; down < shape.height; ++down)
    for (int across = down == 0 ? 1 : 0; across < shape.width; ++across)
      all.push_back({across, down});
  std::ranges::sort(all, {}, [](const Waves& waves) {
    return std::pair(waves.across * waves.across + waves.down * waves.down, waves.down);
  });
  return all;
}

// The same in every channel.
void draw_waves(const Shape& shape, Eigen::Ref<Matrix> codes) {
  const std::vector<Waves> waves = longest_first(shape);
  const auto wave = [](int half_waves, int at, int size) {
    return std::cos(std::numbers::pi * half_waves * (at + 0.5) / size);
  };
  for (Eigen::Index label = 0; label < codes.rows(); ++label) {
    const auto [across, down] = waves.at(static_cast<std::size_t>(label));
    for (int pixel = 0; pixel < shape.size(); ++pixel)
      codes(label, pixel) =
          static_cast<float>(wave(across, pixel % shape.width, shape.width) *
                             wave(down, pixel % shape.area() / shape.width, shape.height));
  }
  codes.rowwise().normalize();
}

}  // namespace

/// A standing wave over the whole image, across and down of a length that is the label's own, so
/// that it can be seen wherever one looks (after Scodellaro et al. 2023).
extern const LabelCode kWave = {
    .name = "wave",
    .title = "A wave over the image",
    .added = [](const Shape&, Eigen::Index) -> Eigen::Index { return 0; },
    .write = draw_waves,
    .room = [](const Shape& shape) -> Eigen::Index { return shape.area() - 1; },
    .clears = false};

}  // namespace ff
