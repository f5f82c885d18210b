#include "kernels.hpp"

// WebAssembly has one set a build, chosen by its flags: wasm/kernels.cpp.

namespace ff::kernels {

extern const Set kAvx512;
extern const Set kAvx2;
extern const Set kNeon;
extern const Set kPlain;

const Set& best() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) return kAvx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return kAvx2;
#endif
#ifdef __aarch64__
  return kNeon;
#else
  return kPlain;
#endif
}

}  // namespace ff::kernels
