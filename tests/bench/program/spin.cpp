// Compiled once for each width of vectors, FF_BITS, with that instruction set's flags.

#include <utility>

#include "peak.hpp"

#ifdef __wasm_relaxed_simd__
#include <wasm_simd128.h>
#endif

namespace ff::bench {
namespace {

using Lanes = float __attribute__((vector_size(FF_BITS / 8)));

// One multiplication and one addition, in the order in which the machine does both at once with
// nothing to move; another compiler would see through the second, and multiply only once.
Lanes next(Lanes sum, Lanes factor, Lanes step) {
#ifdef __wasm_relaxed_simd__
  return wasm_f32x4_relaxed_madd(factor, step, sum);
#else
  return sum * factor + step;
#endif
}

}  // namespace

// The sums, each waiting for itself only, keep every multiplier busy, and still fit into 16
// registers beside the two that they share.
template <>
float spin<FF_BITS>(float start) {
  const Lanes factor = Lanes{} + start;
  const Lanes step = factor * factor;
  // Each by name, because a compiler may leave a loop over them in memory.
  return [&]<int... kIndex>(std::integer_sequence<int, kIndex...>) {
    Lanes sums[] = {step * static_cast<float>(kIndex)...};
#pragma GCC unroll 8  // so that counting costs nothing
    for (int round = 0; round < kSpinRounds; ++round)
      ((sums[kIndex] = next(sums[kIndex], factor, step)), ...);
    return (sums[kIndex] + ...)[0];
  }
  (std::make_integer_sequence<int, kSpinSums>{});
}

}  // namespace ff::bench
