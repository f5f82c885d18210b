#include "peak.hpp"

#include <algorithm>
#include <string>

#include "ff/error.hpp"
#include "request.hpp"
#include "timing.hpp"

namespace ff::bench {
namespace {

template <int kBits>
double operations_a_second(double budget) {
  volatile float start = 0.5F;
  volatile float result = 0.0F;
  return kSpinOperations<kBits> / seconds_a_call(budget, [&] { result = spin<kBits>(start); });
}

double operations_a_second(int bits, double budget) {
#ifdef __x86_64__
  if (bits == 512) return operations_a_second<512>(budget);
  if (bits == 256) return operations_a_second<256>(budget);
#endif
  return operations_a_second<128>(budget);
}

}  // namespace

std::vector<int> vector_widths() {
#ifdef __x86_64__
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return {};
  if (!__builtin_cpu_supports("avx512f")) return {128, 256};
  return {128, 256, 512};
#else
  return {128};
#endif
}

Json measure_peak(const Json& request) {
  const int bits = whole_number(request, "bits", 128, 512);
  const std::vector<int> widths = vector_widths();
  if (std::find(widths.begin(), widths.end(), bits) == widths.end())
    throw Error("bits: expected one of " + Json(widths).dump() + ", got " + std::to_string(bits) +
                ".");
  return {{"gflops", operations_a_second(bits, seconds(request)) * 1e-9}};
}

}  // namespace ff::bench
