#pragma once

#include <algorithm>
#include <cmath>

namespace ff {

inline float sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }

/// log(1 + exp(x)) without overflow.
inline float softplus(float x) { return std::max(x, 0.0F) + std::log1p(std::exp(-std::abs(x))); }

}  // namespace ff
