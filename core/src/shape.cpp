#include "shape.hpp"

#include <array>
#include <cmath>

namespace ff {
namespace {

/// Larger than any squared distance in a plane that fits in memory, small enough to subtract.
constexpr float kFar = 1e12f;

/// The lower envelope of parabolas rooted at (i, f[i]), sampled at whole i: one pass of the squared
/// distance transform along a line of `count` values `stride` apart.
class LineTransform {
 public:
  explicit LineTransform(std::size_t longest)
      : heights_(longest), roots_(longest), starts_(longest + 1) {}

  void operator()(float* line, int count, int stride) {
    for (int i = 0; i < count; ++i) heights_[i] = line[i * stride];
    int last = 0;
    roots_[0] = 0;
    starts_[0] = -kFar;
    for (int i = 1; i < count; ++i) {
      float start = meeting(roots_[last], i);
      while (last > 0 && start <= starts_[last]) start = meeting(roots_[--last], i);
      roots_[++last] = i;
      starts_[last] = start;
    }
    for (int i = 0, k = 0; i < count; ++i) {
      while (k < last && starts_[k + 1] < static_cast<float>(i)) ++k;
      const auto offset = static_cast<float>(i - roots_[k]);
      line[i * stride] = offset * offset + heights_[roots_[k]];
    }
  }

 private:
  /// Where the parabolas rooted at a < b cross.
  float meeting(int a, int b) const {
    return (heights_[b] - heights_[a]) / (2.0f * static_cast<float>(b - a)) +
           0.5f * static_cast<float>(a + b);
  }

  std::vector<float> heights_;
  std::vector<int> roots_;
  std::vector<float> starts_;
};

/// Whether one of Zhang and Suen's two half-steps takes pixel (x, y) away.
bool removable(const Shape& shape, int x, int y, bool first_half) {
  const std::array<int, 8> around = {
      shape.at(x, y - 1), shape.at(x + 1, y - 1), shape.at(x + 1, y), shape.at(x + 1, y + 1),
      shape.at(x, y + 1), shape.at(x - 1, y + 1), shape.at(x - 1, y), shape.at(x - 1, y - 1)};
  int neighbours = 0;
  int entries = 0;
  for (std::size_t i = 0; i < around.size(); ++i) {
    neighbours += around[i];
    entries += around[i] == 0 && around[(i + 1) % around.size()] == 1;
  }
  if (neighbours < 2 || neighbours > 6 || entries != 1) return false;
  const auto [north, ne, east, se, south, sw, west, nw] = around;
  return first_half ? !(north && east && south) && !(east && south && west)
                    : !(north && east && west) && !(north && south && west);
}

}  // namespace

Plane<float> distance_to(const Shape& shape, std::uint8_t side) {
  Plane<float> distance(shape.width, shape.height);
  for (std::size_t i = 0; i < shape.values.size(); ++i) {
    distance.values[i] = shape.values[i] == side ? 0.0f : kFar;
  }
  LineTransform transform(static_cast<std::size_t>(std::max(shape.width, shape.height)));
  for (int x = 0; x < shape.width; ++x) transform(&distance.at(x, 0), shape.height, shape.width);
  for (int y = 0; y < shape.height; ++y) transform(&distance.at(0, y), shape.width, 1);
  for (float& value : distance.values) value = std::sqrt(value);
  return distance;
}

Shape skeleton(const Shape& shape) {
  Shape thinned = shape;
  std::vector<std::pair<int, int>> doomed;
  bool first_half = true;
  for (int idle_halves = 0; idle_halves < 2; first_half = !first_half) {
    doomed.clear();
    for (int y = 1; y + 1 < shape.height; ++y) {
      for (int x = 1; x + 1 < shape.width; ++x) {
        if (thinned.at(x, y) && removable(thinned, x, y, first_half)) {
          doomed.emplace_back(x, y);
        }
      }
    }
    bool idle = true;
    // Checked again one by one: all at once a block of 2x2 would go altogether.
    for (const auto& [x, y] : doomed) {
      if (!removable(thinned, x, y, first_half)) continue;
      thinned.at(x, y) = 0;
      idle = false;
    }
    idle_halves = idle ? idle_halves + 1 : 0;
  }
  return thinned;
}

int label_background(const Shape& shape, Plane<int>& labels) {
  int count = 0;
  std::vector<std::pair<int, int>> frontier;
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0; x < shape.width; ++x) {
      if (shape.at(x, y) || labels.at(x, y)) continue;
      labels.at(x, y) = ++count;
      frontier.emplace_back(x, y);
      while (!frontier.empty()) {
        const auto [u, v] = frontier.back();
        frontier.pop_back();
        for (const auto& [i, j] : {std::pair{u - 1, v}, {u + 1, v}, {u, v - 1}, {u, v + 1}}) {
          const bool inside = i >= 0 && i < shape.width && j >= 0 && j < shape.height;
          if (!inside || shape.at(i, j) || labels.at(i, j)) continue;
          labels.at(i, j) = count;
          frontier.emplace_back(i, j);
        }
      }
    }
  }
  return count;
}

}  // namespace ff
