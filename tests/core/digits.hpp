#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "ff/drawing.hpp"

namespace ff::test {

using Digit = std::vector<std::uint8_t>;

inline Digit digit_of(const GreyImage& drawing) {
  auto digit = digit_from_drawing(drawing);
  REQUIRE(digit);
  REQUIRE(digit->size() == 784);
  return *digit;
}

/// Its ink, in pixels.
inline double mass(const Digit& digit) {
  return std::accumulate(digit.begin(), digit.end(), 0.0) / 255.0;
}

/// Sum of absolute differences as a share of the ink of `a`.
inline double difference(const Digit& a, const Digit& b) {
  double sum = 0;
  for (int i = 0; i < 784; ++i) sum += std::abs(a[i] - b[i]);
  return sum / 255.0 / mass(a);
}

}  // namespace ff::test
