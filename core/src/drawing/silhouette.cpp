#include "silhouette.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace ff {
namespace {

/// Stands for no distance at all; its square is larger than any in a plane that fits in memory.
constexpr float kFar = 1e6f;

/// The lower envelope of parabolas rooted at (i, f[i]), sampled at whole i: squared distances along
/// a row from those down its columns.
class RowTransform {
 public:
  explicit RowTransform(std::size_t longest)
      : heights_(longest), roots_(longest), starts_(longest + 1) {}

  void operator()(std::span<float> row) {
    const auto count = static_cast<int>(row.size());
    std::ranges::copy(row, heights_.begin());
    int last = 0;
    roots_[0] = 0;
    starts_[0] = -kFar * kFar;
    for (int i = 1; i < count; ++i) {
      float start = meeting(roots_[last], i);
      while (last > 0 && start <= starts_[last]) start = meeting(roots_[--last], i);
      roots_[++last] = i;
      starts_[last] = start;
    }
    for (int i = 0, k = 0; i < count; ++i) {
      while (k < last && starts_[k + 1] < static_cast<float>(i)) ++k;
      const auto offset = static_cast<float>(i - roots_[k]);
      row[i] = offset * offset + heights_[roots_[k]];
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

/// The squared distance from each pixel to the nearest one of that `side` in its column.
Plane<float> squared_distance_down(const Silhouette& shape, std::uint8_t side) {
  Plane<float> distance(shape.width, shape.height);
  const auto step = [&](int y, int before) {
    const std::uint8_t* here = &shape.at(0, y);
    float* to = &distance.at(0, y);
    const float* from = &distance.at(0, before);
    for (int x = 0; x < shape.width; ++x)
      to[x] = here[x] == side ? 0.0f : std::min(to[x], from[x] + 1.0f);
  };
  std::ranges::fill(distance.values, kFar);
  for (int y = 0; y < shape.height; ++y) step(y, std::max(y - 1, 0));
  for (int y = shape.height - 2; y >= 0; --y) step(y, y + 1);
  for (float& value : distance.values) value *= value;
  return distance;
}

using Around = std::array<std::uint8_t, 8>;  ///< clockwise from the north

/// Whether one of Zhang and Suen's two half-steps takes away a pixel with these around it.
constexpr bool removable(const Around& around, bool first_half) {
  int neighbours = 0;
  int entries = 0;
  for (std::size_t i = 0; i < around.size(); ++i) {
    neighbours += around[i];
    entries += around[i] == 0 && around[(i + 1) % around.size()] == 1;
  }
  if (neighbours < 2 || neighbours > 6 || entries != 1) return false;
  const bool north = around[0], east = around[2], south = around[4], west = around[6];
  return first_half ? !(north && east && south) && !(east && south && west)
                    : !(north && east && west) && !(north && south && west);
}

/// The answers for all 256 neighbourhoods; bit i of the index is neighbour i, bit 8 the half.
constexpr auto kRemovable = [] {
  std::array<bool, 512> answers{};
  for (std::size_t code = 0; code < answers.size(); ++code) {
    Around around{};
    for (std::size_t i = 0; i < around.size(); ++i) around[i] = code >> i & 1;
    answers[code] = removable(around, code >> 8 != 0);
  }
  return answers;
}();

/// Zhang and Suen's thinning. Only pixels whose surroundings have changed since the same half-step
/// looked at them are looked at again.
class Thinning {
 public:
  explicit Thinning(const Silhouette& shape) : thinned_(shape) {
    const int width = shape.width;
    around_ = {-width, 1 - width, 1, 1 + width, width, width - 1, -1, -1 - width};
    for (auto& half : waiting_) half.flags.resize(shape.values.size());
    for (int y = 1; y + 1 < shape.height; ++y)
      for (int x = 1; x + 1 < shape.width; ++x) {
        const auto pixel = static_cast<int>(shape.index(x, y));
        if (shape.values[pixel] && code(pixel) != 255) wait(pixel);
      }
  }

  Silhouette run() && {
    for (bool first = true; !waiting_[0].pixels.empty() || !waiting_[1].pixels.empty();
         first = !first)
      half_step(first);
    return std::move(thinned_);
  }

 private:
  struct Waiting {
    std::vector<int> pixels;
    std::vector<std::uint8_t> flags;  ///< whether a pixel is among them
  };

  int code(int pixel) const {
    int bits = 0;
    for (std::size_t i = 0; i < around_.size(); ++i)
      bits |= thinned_.values[pixel + around_[i]] << i;
    return bits;
  }

  bool goes(int pixel, bool first) const { return kRemovable[code(pixel) | (first ? 256 : 0)]; }

  void wait(int pixel) {
    for (Waiting& half : waiting_)
      if (!std::exchange(half.flags[pixel], 1)) half.pixels.push_back(pixel);
  }

  void half_step(bool first) {
    Waiting& waiting = waiting_[first ? 0 : 1];
    doomed_.clear();
    for (const int pixel : waiting.pixels) {
      waiting.flags[pixel] = 0;
      if (thinned_.values[pixel] && goes(pixel, first)) doomed_.push_back(pixel);
    }
    waiting.pixels.clear();
    std::ranges::sort(doomed_);
    // Checked again one by one: all at once a block of 2x2 would go altogether.
    for (const int pixel : doomed_) {
      if (!goes(pixel, first)) continue;
      thinned_.values[pixel] = 0;
      for (const int offset : around_)
        if (thinned_.values[pixel + offset]) wait(pixel + offset);
    }
  }

  Silhouette thinned_;
  std::array<int, 8> around_{};     ///< from a pixel to its neighbours, clockwise from the north
  std::array<Waiting, 2> waiting_;  ///< for the first half-step and for the second
  std::vector<int> doomed_;
};

}  // namespace

Plane<float> distance_to(const Silhouette& shape, std::uint8_t side) {
  Plane<float> distance = squared_distance_down(shape, side);
  RowTransform transform(static_cast<std::size_t>(shape.width));
  for (int y = 0; y < shape.height; ++y) {
    const std::span row(&distance.at(0, y), static_cast<std::size_t>(shape.width));
    // What lies beyond a pixel of the side is never nearer than that pixel.
    for (auto first = row.begin(); first != row.end();) {
      first = std::find_if(first, row.end(), [](float value) { return value > 0.0f; });
      const auto last = std::find(first, row.end(), 0.0f);
      if (first != last)
        transform({first == row.begin() ? first : first - 1, last == row.end() ? last : last + 1});
      first = last;
    }
  }
  for (float& value : distance.values) value = std::sqrt(value);
  return distance;
}

Silhouette skeleton(const Silhouette& shape) { return Thinning(shape).run(); }

int label_background(const Silhouette& shape, Plane<int>& labels) {
  std::vector<int> parents = {0};  // of each label; the smallest of a region is its own
  const auto root = [&](int label) {
    while (parents[label] != label) label = parents[label] = parents[parents[label]];
    return label;
  };
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0; x < shape.width; ++x) {
      if (shape.at(x, y)) continue;
      const int left = x > 0 ? labels.at(x - 1, y) : 0;
      const int above = y > 0 ? labels.at(x, y - 1) : 0;
      if (left == 0 && above == 0) parents.push_back(static_cast<int>(parents.size()));
      labels.at(x, y) = left != 0 ? left : above != 0 ? above : parents.back();
      if (left != 0 && above != 0 && left != above) {
        const auto [low, high] = std::minmax({root(left), root(above)});
        parents[high] = low;
      }
    }
  }
  for (int& label : labels.values) label = root(label);
  return static_cast<int>(parents.size()) - 1;
}

}  // namespace ff
