#pragma once

#include <vector>

#include "ff/fields.hpp"

namespace ff::bench {

/// The vectors that this processor multiplies and adds in one instruction, in bits, narrowest
/// first.
std::vector<int> vector_widths();

/// {"bits", "seconds"} -> {"gflops"}: what one thread multiplies and adds with its sums in
/// registers and nothing to load. No product can be quicker.
Json measure_peak(const Json& request);

/// The same with the widest vectors, in about a millisecond.
double peak_now();

/// kSpinRounds times a multiplication and an addition to each of kSpinSums vectors of so many bits.
/// The result is of no use. Each width is compiled for itself.
template <int kBits>
float spin(float start);

inline constexpr int kSpinRounds = 2000;
inline constexpr int kSpinSums = 12;

}  // namespace ff::bench
