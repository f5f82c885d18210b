#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "ff/image.hpp"

namespace ff::test {

struct Point {
  double x, y;
};

/// A canvas that is drawn on with a round pen, as a person does on the page. Pixels.
class Canvas {
 public:
  explicit Canvas(int width, int height) : image_{width, height, {}} {
    image_.pixels.resize(static_cast<std::size_t>(width) * height);
  }

  Canvas& line(Point from, Point to, double pen, int ink = 255) {
    const Point along{to.x - from.x, to.y - from.y};
    const double length = along.x * along.x + along.y * along.y;
    for (int y = 0; y < image_.height; ++y) {
      for (int x = 0; x < image_.width; ++x) {
        const Point offset{x + 0.5 - from.x, y + 0.5 - from.y};
        const double dot = offset.x * along.x + offset.y * along.y;
        const double part = length > 0 ? std::clamp(dot / length, 0.0, 1.0) : 0.0;
        const double distance =
            std::hypot(offset.x - part * along.x, offset.y - part * along.y) - pen / 2;
        auto& pixel = image_.pixels[static_cast<std::size_t>(y) * image_.width + x];
        const double covered = ink * std::clamp(0.5 - distance, 0.0, 1.0);
        pixel = std::max(pixel, static_cast<std::uint8_t>(std::lround(covered)));
      }
    }
    return *this;
  }

  Canvas& circle(Point centre, double radius, double pen) {
    constexpr int kParts = 48;
    const auto at = [&](int part) {
      const double angle = 6.283185307179586 * part / kParts;
      return Point{centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
    };
    for (int part = 0; part < kParts; ++part) line(at(part), at(part + 1), pen);
    return *this;
  }

  const GreyImage& image() const { return image_; }

 private:
  GreyImage image_;
};

}  // namespace ff::test
