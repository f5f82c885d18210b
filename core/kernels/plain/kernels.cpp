#include <cmath>

#include "../generic.hpp"

namespace ff::kernels {
namespace {

// Vectors as GCC and Clang write them for any processor.
struct Plain {
  using Type = float __attribute__((vector_size(16)));
  static constexpr int kLanes = 4;
  static constexpr bool kSpareRegisters = false;
  static Type load(const float* from) {
    Type value;
    std::memcpy(&value, from, sizeof(value));
    return value;
  }
  static void store(float* to, Type value) { std::memcpy(to, &value, sizeof(value)); }
  static Type splat(float value) { return Type{value, value, value, value}; }
  static Type zero() { return Type{}; }
  static Type multiply_add(Type a, Type b, Type c) { return a * b + c; }
  static Type multiply(Type a, Type b) { return a * b; }
  static Type add(Type a, Type b) { return a + b; }
  static Type subtract(Type a, Type b) { return a - b; }
  static Type divide_by_root(Type a, Type b) {
    return a / Type{std::sqrt(b[0]), std::sqrt(b[1]), std::sqrt(b[2]), std::sqrt(b[3])};
  }
  static Type maximum(Type a, Type b) { return a > b ? a : b; }
  static float sum(Type a) { return a[0] + a[1] + (a[2] + a[3]); }
};

}  // namespace

extern const Set kPlain;
const Set kPlain = Generic<Plain, 4, 2>::set("plain 4x8");

}  // namespace ff::kernels
