#include <wasm_simd128.h>

#include "../generic.hpp"

namespace ff::kernels {
namespace {

struct Simd128 {
  using Type = v128_t;
  static constexpr int kLanes = 4;
  static constexpr bool kSpareRegisters = false;
  static Type load(const float* from) { return wasm_v128_load(from); }
  static void store(float* to, Type value) { wasm_v128_store(to, value); }
  static Type splat(float value) { return wasm_f32x4_splat(value); }
  static Type zero() { return wasm_f32x4_const_splat(0.0F); }
  static Type multiply_add(Type a, Type b, Type c) {
#ifdef __wasm_relaxed_simd__
    return wasm_f32x4_relaxed_madd(a, b, c);
#else
    return wasm_f32x4_add(wasm_f32x4_mul(a, b), c);
#endif
  }
  static Type multiply(Type a, Type b) { return wasm_f32x4_mul(a, b); }
  static Type add(Type a, Type b) { return wasm_f32x4_add(a, b); }
  static Type subtract(Type a, Type b) { return wasm_f32x4_sub(a, b); }
  static Type divide_by_root(Type a, Type b) { return wasm_f32x4_div(a, wasm_f32x4_sqrt(b)); }
  static Type maximum(Type a, Type b) { return wasm_f32x4_pmax(b, a); }
  static float sum(Type a) {
    return wasm_f32x4_extract_lane(a, 0) + wasm_f32x4_extract_lane(a, 1) +
           (wasm_f32x4_extract_lane(a, 2) + wasm_f32x4_extract_lane(a, 3));
  }
};

}  // namespace

// Engines hold wasm's vectors in 16 registers where they run on x86: 12 of them hold sums, or 8
// where a product must pass through a register of its own before it is added.
#ifdef __wasm_relaxed_simd__
static constexpr Set kOnly = Generic<Simd128, 6, 2>::set("wasm relaxed 6x8");
#else
static constexpr Set kOnly = Generic<Simd128, 4, 2>::set("wasm simd128 4x8");
#endif

std::span<const Set> runnable() { return {&kOnly, 1}; }

std::string runnable_names() { return kOnly.name; }

const Set& chosen() { return kOnly; }

}  // namespace ff::kernels
