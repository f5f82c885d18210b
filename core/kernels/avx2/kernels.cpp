#include <immintrin.h>

#include "../generic.hpp"

namespace ff::kernels {
namespace {

struct Avx2 {
  using Type = __m256;
  static constexpr int kLanes = 8;
  static constexpr bool kSpareRegisters = false;
  static Type load(const float* from) { return _mm256_loadu_ps(from); }
  static void store(float* to, Type value) { _mm256_storeu_ps(to, value); }
  static Type splat(float value) { return _mm256_set1_ps(value); }
  static Type zero() { return _mm256_setzero_ps(); }
  static Type multiply_add(Type a, Type b, Type c) { return _mm256_fmadd_ps(a, b, c); }
  static Type multiply(Type a, Type b) { return _mm256_mul_ps(a, b); }
  static Type add(Type a, Type b) { return _mm256_add_ps(a, b); }
  static Type subtract(Type a, Type b) { return _mm256_sub_ps(a, b); }
  static Type divide_by_root(Type a, Type b) { return _mm256_div_ps(a, _mm256_sqrt_ps(b)); }
  static Type maximum(Type a, Type b) { return _mm256_max_ps(a, b); }
  static float sum(Type a) {
    const __m128 half = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    const __m128 pair = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(pair, _mm_movehdup_ps(pair)));
  }
};

}  // namespace

// 12 of 16 registers hold sums.
extern const Set kAvx2;
const Set kAvx2 = Generic<Avx2, 6, 2>::set("avx2 6x16");

}  // namespace ff::kernels
