// Compiled once for each width of vectors, FF_BITS, with that instruction set's flags.

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
  Lanes sums[kSpinSums];
  for (int index = 0; index < kSpinSums; ++index) sums[index] = step * static_cast<float>(index);
#pragma GCC unroll 8  // so that counting costs nothing
  for (int round = 0; round < kSpinRounds; ++round)
    for (Lanes& sum : sums) sum = next(sum, factor, step);
  Lanes total = {};
  for (const Lanes& sum : sums) total += sum;
  return total[0];
}

}  // namespace ff::bench
