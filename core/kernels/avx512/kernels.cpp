#include <immintrin.h>

#include "../generic.hpp"

namespace ff::kernels {
namespace {

struct Avx512 {
  using Type = __m512;
  static constexpr int kLanes = 16;
  static constexpr bool kSpareRegisters = true;
  static constexpr float kHalf = 0.5F;
  static constexpr float kThreeHalves = 1.5F;
  static Type load(const float* from) { return _mm512_loadu_ps(from); }
  static void store(float* to, Type value) { _mm512_storeu_ps(to, value); }
  static Type splat(float value) { return _mm512_set1_ps(value); }
  static Type zero() { return _mm512_setzero_ps(); }
  static Type multiply_add(Type a, Type b, Type c) { return _mm512_fmadd_ps(a, b, c); }
  static Type multiply(Type a, Type b) { return _mm512_mul_ps(a, b); }
  static Type add(Type a, Type b) { return _mm512_add_ps(a, b); }
  static Type subtract(Type a, Type b) { return _mm512_sub_ps(a, b); }
  // Of 14 bits at first, then by Newton's step of 23: a fraction of the time of the exact one.
  static Type divide_by_root(Type a, Type b) {
    const Type guess = _mm512_rsqrt14_ps(b);
    const Type half = multiply(multiply(splat(kHalf), b), guess);
    return multiply(multiply(a, guess), _mm512_fnmadd_ps(half, guess, splat(kThreeHalves)));
  }
  static Type maximum(Type a, Type b) { return _mm512_max_ps(a, b); }
  static float sum(Type a) { return _mm512_reduce_add_ps(a); }
};

}  // namespace

// 20 of 32 registers hold sums; ten rows divide the usual batches and layers.
extern const Set kAvx512;
const Set kAvx512 = Generic<Avx512, 10, 2>::set("avx512 10x32");

}  // namespace ff::kernels
