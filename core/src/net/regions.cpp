#include "ff/regions.hpp"

#include <algorithm>

#include "ff/threads.hpp"

namespace ff {
namespace {

// Whether coordinate `at` of `size` is in part `part` of `parts`, or at most half a part beyond it.
bool near(int at, int size, int part, int parts) {
  const double place = (at + 0.5) * parts / size;
  return place > part - 0.5 && place < part + 1.5;
}

}  // namespace

int region_count(const Config& config) { return config.regions * config.regions; }

Units region_units(const Config& config, Eigen::Index units, int region) {
  const Eigen::Index count = region_count(config);
  const Eigen::Index first = units * region / count;
  return {.first = first, .count = units * (region + 1) / count - first};
}

void blind(const Config& config, const Shape& images, const RowFormat& format,
           PanelMatrix& weights) {
  if (config.regions == 1) return;
  parallel_for(region_count(config), [&](std::int64_t region) {
    const Units units = region_units(config, weights.cols(), static_cast<int>(region));
    const int down = static_cast<int>(region) / config.regions;
    const int right = static_cast<int>(region) % config.regions;
    for (int pixel = static_cast<int>(format.cleared); pixel < images.size(); ++pixel) {
      const int y = pixel % images.area() / images.width;
      const int x = pixel % images.width;
      if (near(y, images.height, down, config.regions) &&
          near(x, images.width, right, config.regions))
        continue;
      for (Eigen::Index unit = units.first; unit < units.first + units.count; ++unit)
        weights(pixel, unit) = 0.0F;
    }
  });
}

}  // namespace ff
