#include <immintrin.h>

#include "../generic.hpp"

namespace ff::kernels {
namespace {

struct Avx512 {
  using Type = __m512;
  static constexpr int kLanes = 16;
  static Type load(const float* from) { return _mm512_loadu_ps(from); }
  static void store(float* to, Type value) { _mm512_storeu_ps(to, value); }
  static Type splat(float value) { return _mm512_set1_ps(value); }
  static Type zero() { return _mm512_setzero_ps(); }
  static Type multiply_add(Type a, Type b, Type c) { return _mm512_fmadd_ps(a, b, c); }
  static Type multiply(Type a, Type b) { return _mm512_mul_ps(a, b); }
  static Type add(Type a, Type b) { return _mm512_add_ps(a, b); }
  static Type subtract(Type a, Type b) { return _mm512_sub_ps(a, b); }
  static Type divide(Type a, Type b) { return _mm512_div_ps(a, b); }
  static Type square_root(Type a) { return _mm512_sqrt_ps(a); }
  static Type maximum(Type a, Type b) { return _mm512_max_ps(a, b); }
  static float sum(Type a) { return _mm512_reduce_add_ps(a); }
};

}  // namespace

// 20 of 32 registers hold sums; ten rows divide the usual batches and layers.
extern const Set kAvx512;
const Set kAvx512 = Generic<Avx512, 10, 2>::set("avx512 10x32");

}  // namespace ff::kernels
