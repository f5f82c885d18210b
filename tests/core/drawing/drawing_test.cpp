#include "ff/drawing.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <random>

#include "../digits.hpp"
#include "canvas.hpp"

using namespace ff;
using namespace ff::test;

namespace {

Point centre_of_mass(const Digit& digit) {
  Point sum{0, 0};
  for (int i = 0; i < 784; ++i) {
    const int row = i / 28;
    sum.x += digit[i] * (i % 28 + 0.5);
    sum.y += digit[i] * (row + 0.5);
  }
  return {sum.x / (255 * mass(digit)), sum.y / (255 * mass(digit))};
}

/// Rows and columns from the first to the last pixel of at least half ink.
Point extent(const Digit& digit) {
  int left = 28, right = 0, top = 28, bottom = 0;
  for (int i = 0; i < 784; ++i) {
    if (digit[i] < 128) continue;
    left = std::min(left, i % 28);
    right = std::max(right, i % 28 + 1);
    top = std::min(top, i / 28);
    bottom = std::max(bottom, i / 28 + 1);
  }
  return {static_cast<double>(right - left), static_cast<double>(bottom - top)};
}

/// How many connected regions (by edges) the pixels that `belong` make.
template <typename Belongs>
int regions(const Digit& digit, Belongs belongs) {
  std::vector<bool> seen(784);
  int count = 0;
  for (int start = 0; start < 784; ++start) {
    if (seen[start] || !belongs(digit[start])) continue;
    ++count;
    std::vector<int> frontier = {start};
    while (!frontier.empty()) {
      const int i = frontier.back();
      frontier.pop_back();
      if (seen[i] || !belongs(digit[i])) continue;
      seen[i] = true;
      if (i % 28 > 0) frontier.push_back(i - 1);
      if (i % 28 < 27) frontier.push_back(i + 1);
      if (i >= 28) frontier.push_back(i - 28);
      if (i < 756) frontier.push_back(i + 28);
    }
  }
  return count;
}

/// A "4" with an open top, `size` pixels high, its top left corner at `corner`.
GreyImage four(double size, double pen, Point corner = {30, 30}, int side = 280) {
  const auto at = [&](double x, double y) {
    return Point{corner.x + x * size, corner.y + y * size};
  };
  return Canvas(side, side)
      .line(at(0.1, 0), at(0, 0.55), pen)
      .line(at(0, 0.55), at(0.6, 0.5), pen)
      .line(at(0.55, 0.05), at(0.5, 1), pen)
      .image();
}

}  // namespace

TEST_CASE("a blank drawing is no digit", "[drawing]") {
  CHECK(!digit_from_drawing({}));
  CHECK(!digit_from_drawing({280, 280, Digit(280 * 280)}));
  CHECK(!digit_from_drawing({280, 280, Digit(280 * 280, 9)}));
  GreyImage specks{100, 100, Digit(100 * 100)};
  for (std::size_t i = 0; i < specks.pixels.size(); i += 97) specks.pixels[i] = 25;
  CHECK(!digit_from_drawing(specks));
}

TEST_CASE("a drawing has MNIST's box and centre", "[drawing]") {
  const double size = GENERATE(40, 100, 210);
  const double pen = size * GENERATE(0.03, 0.1, 0.2);
  INFO("size " << size << ", pen " << pen);
  const Digit digit = digit_of(four(size, pen));
  const Point centre = centre_of_mass(digit);
  CHECK(std::abs(centre.x - 14.5) < 0.15);
  CHECK(std::abs(centre.y - 14.5) < 0.15);
  CHECK(extent(digit).y >= 19);
  CHECK(extent(digit).y <= 21);
  CHECK(*std::ranges::max_element(digit) >= 250);
}

TEST_CASE("the place of a drawing does not matter", "[drawing]") {
  const Digit middle = digit_of(four(80, 10, {100, 100}));
  CHECK(digit_of(four(80, 10, {5, 5})) == middle);
  CHECK(digit_of(four(80, 10, {225, 5})) == middle);
  CHECK(digit_of(four(80, 10, {225, 195})) == middle);
  CHECK(digit_of(four(80, 10, {300, 500}, 600)) == middle);
}

TEST_CASE("the size of a drawing does not matter", "[drawing]") {
  const Digit large = digit_of(four(220, 22));
  CHECK(difference(large, digit_of(four(110, 11))) < 0.08);
  CHECK(difference(large, digit_of(four(50, 5))) < 0.12);
  CHECK(difference(large, digit_of(four(520, 52, {40, 40}, 600))) < 0.08);
}

TEST_CASE("the width of the pen does not matter", "[drawing]") {
  const Digit usual = digit_of(four(200, 22));
  for (const double pen : {2.0, 4.0, 8.0, 14.0, 30.0, 40.0}) {
    INFO("pen " << pen);
    const Digit other = digit_of(four(200, pen));
    CHECK(difference(usual, other) < 0.25);
    CHECK(std::abs(mass(other) / mass(usual) - 1) < 0.12);
  }
}

TEST_CASE("the strength of the ink does not matter", "[drawing]") {
  GreyImage faint = four(200, 20);
  for (auto& pixel : faint.pixels) pixel = static_cast<std::uint8_t>(pixel / 4);
  CHECK(difference(digit_of(four(200, 20)), digit_of(faint)) < 0.03);
}

TEST_CASE("thinning does not tear what is thin already", "[drawing]") {
  // A fat 1 whose stem hangs together by a hairline.
  const GreyImage drawing = Canvas(280, 280)
                                .line({140, 40}, {140, 110}, 44)
                                .line({140, 110}, {140, 170}, 6)
                                .line({140, 170}, {140, 240}, 44)
                                .image();
  const Digit digit = digit_of(drawing);
  CHECK(regions(digit, [](int pixel) { return pixel >= 96; }) == 1);
}

TEST_CASE("thickening does not close loops", "[drawing]") {
  // A 6 drawn with a hairline, its loop small.
  const GreyImage drawing =
      Canvas(280, 280).line({150, 20}, {130, 240}, 3).circle({145, 240}, 15, 3).image();
  const Digit digit = digit_of(drawing);
  CHECK(regions(digit, [](int pixel) { return pixel < 160; }) == 2);
}

TEST_CASE("a straight stroke and a dot are digits too", "[drawing]") {
  const Digit upright = digit_of(Canvas(280, 280).line({200, 30}, {200, 220}, 16).image());
  CHECK(extent(upright).y >= 19);
  CHECK(extent(upright).x >= 2);
  CHECK(extent(upright).x <= 3);
  const Digit flat = digit_of(Canvas(280, 280).line({30, 200}, {220, 200}, 16).image());
  CHECK(extent(flat).x >= 19);
  const double pen = GENERATE(8.0, 16.0, 60.0);
  const Digit dot = digit_of(Canvas(280, 280).line({50, 90}, {50, 90}, pen).image());
  CHECK(std::abs(centre_of_mass(dot).x - 14.5) < 0.2);
  CHECK(extent(dot).x >= 2);
  CHECK(extent(dot).x <= 4);
}

TEST_CASE("a drawing that is all ink, or noise, or one pixel, gives 784 pixels", "[drawing]") {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 50}, {50, 1}, {28, 28}, {600, 600}}) {
    const std::size_t size = static_cast<std::size_t>(width) * height;
    CHECK(digit_of({width, height, Digit(size, 255)}).size() == 784);
    std::mt19937 random(1);
    Digit noise(size);
    for (auto& pixel : noise) pixel = static_cast<std::uint8_t>(random() >> 24 | 64);
    CHECK(digit_of({width, height, noise}).size() == 784);
  }
}

TEST_CASE("a hairline across a large scan is not lost", "[drawing]") {
  GreyImage scan{3000, 200, Digit(600000)};
  for (int x = 100; x < 2900; ++x) scan.pixels[std::size_t{100} * 3000 + x] = 255;
  CHECK(extent(digit_of(scan)).x >= 19);
}

TEST_CASE("dark ink on light paper becomes bright ink on black", "[drawing]") {
  const GreyImage ink = four(200, 20);
  CHECK(ink_on_black(ink).pixels == ink.pixels);
  GreyImage paper = ink;
  for (auto& pixel : paper.pixels) pixel = static_cast<std::uint8_t>(235 - pixel * 200 / 255);
  const GreyImage turned = ink_on_black(paper);
  CHECK(turned.pixels[0] == 0);
  CHECK(difference(digit_of(ink), digit_of(turned)) < 0.03);
}

TEST_CASE("uneven light on the paper is not ink", "[drawing]") {
  const GreyImage ink = four(200, 20);
  GreyImage photo = ink;
  for (int y = 0; y < 280; ++y) {
    for (int x = 0; x < 280; ++x) {
      const int light = 240 - (x + y) / 4;
      auto& pixel = photo.pixels[static_cast<std::size_t>(y) * 280 + x];
      pixel = static_cast<std::uint8_t>(light - light * pixel * 3 / 4 / 255);
    }
  }
  CHECK(difference(digit_of(ink), digit_of(ink_on_black(photo))) < 0.12);
  GreyImage blank{280, 280, Digit(280 * 280, 200)};
  CHECK(!digit_from_drawing(ink_on_black(blank)));
  CHECK(ink_on_black({1, 1, {77}}).pixels == Digit{0});
  CHECK(ink_on_black({1, 4, {9, 9, 200, 9}}).pixels.size() == 4);
}
