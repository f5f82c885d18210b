#pragma once

#include <cstdint>
#include <vector>

namespace ff {

/// A small plane of values, row by row.
template <typename Value>
struct Plane {
  int width = 0;
  int height = 0;
  std::vector<Value> values;  ///< [width * height]

  Plane(int width, int height, Value value = {})
      : width(width), height(height), values(static_cast<std::size_t>(width) * height, value) {}
  std::size_t index(int x, int y) const { return static_cast<std::size_t>(y) * width + x; }
  Value& at(int x, int y) { return values[index(x, y)]; }
  const Value& at(int x, int y) const { return values[index(x, y)]; }
};

/// Which pixels belong to a shape: 1 inside, 0 outside.
using Silhouette = Plane<std::uint8_t>;

/// From each pixel's centre to the nearest pixel centre whose shape value is `side`, exactly
/// (Felzenszwalb and Huttenlocher, 2012); very large where there is none.
Plane<float> distance_to(const Silhouette& shape, std::uint8_t side);

/// The lines one pixel wide that a shape thins down to (Zhang and Suen, 1984). The shape must not
/// touch the plane's edge.
Silhouette skeleton(const Silhouette& shape);

/// Numbers the 4-connected regions outside a shape (Rosenfeld and Pfaltz, 1966), 0 inside it.
/// Returns the largest number; not all are in use.
int label_background(const Silhouette& shape, Plane<int>& labels);

}  // namespace ff
