#include <arm_neon.h>

#include "../generic.hpp"

namespace ff::kernels {
namespace {

struct Neon {
  using Type = float32x4_t;
  static constexpr int kLanes = 4;
  static constexpr bool kSpareRegisters = false;
  static Type load(const float* from) { return vld1q_f32(from); }
  static void store(float* to, Type value) { vst1q_f32(to, value); }
  static Type splat(float value) { return vdupq_n_f32(value); }
  static Type zero() { return vdupq_n_f32(0.0F); }
  static Type multiply_add(Type a, Type b, Type c) { return vfmaq_f32(c, a, b); }
  static Type multiply(Type a, Type b) { return vmulq_f32(a, b); }
  static Type add(Type a, Type b) { return vaddq_f32(a, b); }
  static Type subtract(Type a, Type b) { return vsubq_f32(a, b); }
  static Type divide_by_root(Type a, Type b) { return vdivq_f32(a, vsqrtq_f32(b)); }
  static Type maximum(Type a, Type b) { return vmaxq_f32(a, b); }
  static float sum(Type a) { return vaddvq_f32(a); }
};

}  // namespace

// 24 of 32 registers hold sums.
extern const Set kNeon;
const Set kNeon = Generic<Neon, 8, 3>::set("neon 8x12");

}  // namespace ff::kernels
