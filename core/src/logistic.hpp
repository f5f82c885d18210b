#pragma once

#include <algorithm>
#include <cmath>

namespace ff {

/// 0 where next to nothing is left: whole rows of a gradient would otherwise consist of numbers
/// that are too small for the processor's fast path.
inline float sigmoid(float x) {
  constexpr float kNothingBelow = -40.0F;
  return x < kNothingBelow ? 0.0F : 1.0F / (1.0F + std::exp(-x));
}

/// log(1 + exp(x)) without overflow.
inline float softplus(float x) { return std::max(x, 0.0F) + std::log1p(std::exp(-std::abs(x))); }

}  // namespace ff
