#include "negatives/pen.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace ff {
namespace {

// As shares of an image's shorter side, of which an MNIST image has 28 pixels.
constexpr float kBox = 20.0F / 28.0F;  // that lines fit into
constexpr float kThinnest = 1.6F / 28.0F;
constexpr float kThickest = 3.0F / 28.0F;
constexpr float kGrid = 2.0F;
constexpr float kNarrowest = 0.5F;
constexpr int kStepsBetween = 12;  // from one place of a line to the next
constexpr std::uint32_t kMostLines = 3;
constexpr std::uint32_t kFewestPlaces = 3;
constexpr std::uint32_t kMostPlaces = 6;

struct Place {
  float x, y;
};

// Goes through a few places, in a curve or straight from one to the next.
struct Line {
  std::array<Place, kMostPlaces> places{};
  std::size_t count = 0;
  bool curved = false;

  Place at(std::ptrdiff_t index) const {
    const auto last = static_cast<std::ptrdiff_t>(count) - 1;
    return places.at(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, last)));
  }

  // Between the places `from` and `from` + 1; a curve is that of Catmull and Rom (1974).
  Place between(std::ptrdiff_t from, float t) const {
    const auto blend = [&](float Place::*axis) {
      const float b = at(from).*axis;
      const float c = at(from + 1).*axis;
      if (!curved) return b + t * (c - b);
      const float a = at(from - 1).*axis;
      const float d = at(from + 2).*axis;
      return 0.5F * (2.0F * b + (c - a) * t + (2.0F * a - 5.0F * b + 4.0F * c - d) * t * t +
                     (3.0F * b - a - 3.0F * c + d) * t * t * t);
    };
    return {blend(&Place::x), blend(&Place::y)};
  }
};

template <class Use>
void each_place(std::span<const Line> lines, const Use& use) {
  for (const Line& line : lines)
    for (std::ptrdiff_t from = 0; from + 1 < static_cast<std::ptrdiff_t>(line.count); ++from)
      for (int step = 0; step <= kStepsBetween; ++step)
        use(line.between(from, static_cast<float>(step) / kStepsBetween));
}

// In a square of 1. Either each place lies within reach of the one before, so that some lines curl
// and others cross the square; or all lie on a coarse grid, as the corners of letters and figures
// do. Some end where they began.
Line random_line(Random& random) {
  const auto real = [&] { return static_cast<float>(random.real()); };
  Line line{.count = kFewestPlaces + random.below(kMostPlaces - kFewestPlaces + 1),
            .curved = random.below(2) == 0};
  const float reach = 0.3F + 0.7F * real();
  const auto next = [&](float from) {
    return std::clamp(from + reach * (2.0F * real() - 1.0F), 0.0F, 1.0F);
  };
  line.places[0] = {real(), real()};
  for (std::size_t place = 1; place < line.count; ++place)
    line.places.at(place) = {next(line.places.at(place - 1).x), next(line.places.at(place - 1).y)};
  if (random.below(2) == 0)
    for (auto& [x, y] : line.places) {
      x = std::round(kGrid * x) / kGrid;
      y = std::round(kGrid * y) / kGrid;
    }
  if (random.below(4) == 0) line.places.at(line.count - 1) = line.places[0];
  return line;
}

// Makes what was drawn as narrow as `wide` says, brings it to the usual size and its centre of mass
// to the middle.
void fit(const Shape& shape, float wide, std::span<Line> lines) {
  constexpr float kFar = std::numeric_limits<float>::max();
  constexpr float kSmallest = 0.05F;
  Place low{kFar, kFar};
  Place high{-kFar, -kFar};
  Place sum{0.0F, 0.0F};
  float count = 0.0F;
  for (Line& line : lines)
    for (Place& place : line.places) place.x *= wide;
  each_place(lines, [&](const Place& place) {
    low = {std::min(low.x, place.x), std::min(low.y, place.y)};
    high = {std::max(high.x, place.x), std::max(high.y, place.y)};
    sum = {sum.x + place.x, sum.y + place.y};
    count += 1.0F;
  });
  const auto side = static_cast<float>(std::min(shape.width, shape.height));
  const float scale = kBox * side / std::max({high.x - low.x, high.y - low.y, kSmallest});
  for (Line& line : lines)
    for (auto& [x, y] : line.places) {
      x = 0.5F * static_cast<float>(shape.width) + scale * (x - sum.x / count);
      y = 0.5F * static_cast<float>(shape.height) + scale * (y - sum.y / count);
    }
}

// A dot of the pen, its edge a pixel wide.
void ink(const Shape& shape, const Place& at, float radius, Eigen::Ref<RowVector> plane) {
  const auto first = [&](float centre) {
    return std::max(0, static_cast<int>(std::floor(centre - radius - 1.0F)));
  };
  const auto end = [&](float centre, int most) {
    return std::min(most, static_cast<int>(std::ceil(centre + radius + 1.0F)));
  };
  for (int y = first(at.y); y < end(at.y, shape.height); ++y)
    for (int x = first(at.x); x < end(at.x, shape.width); ++x) {
      const float away =
          std::hypot(static_cast<float>(x) + 0.5F - at.x, static_cast<float>(y) + 0.5F - at.y);
      float& pixel = plane[y * shape.width + x];
      pixel = std::max(pixel, std::clamp(radius + 0.5F - away, 0.0F, 1.0F));
    }
}

}  // namespace

void draw_lines(const Shape& shape, Random& random, Eigen::Ref<RowVector> picture) {
  std::array<Line, kMostLines> all;
  const auto lines = std::span(all).first(1 + random.below(kMostLines));
  for (Line& line : lines) line = random_line(random);
  fit(shape, std::lerp(kNarrowest, 1.0F, static_cast<float>(random.real())), lines);
  const auto side = static_cast<float>(std::min(shape.width, shape.height));
  const float radius =
      0.5F * side * (kThinnest + (kThickest - kThinnest) * static_cast<float>(random.real()));
  picture.setZero();
  each_place(lines, [&](const Place& at) { ink(shape, at, radius, picture.head(shape.area())); });
  for (int channel = 1; channel < shape.channels; ++channel)
    picture.segment(static_cast<Eigen::Index>(channel) * shape.area(), shape.area()) =
        picture.head(shape.area());
}

}  // namespace ff
