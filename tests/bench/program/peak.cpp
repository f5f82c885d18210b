#include "peak.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "ff/error.hpp"
#include "request.hpp"
#include "timing.hpp"

namespace ff::bench {
namespace {

struct Spin {
  int bits;
  float (*run)(float start);
};

constexpr Spin kSpins[] = {{128, spin<128>},
#ifdef __x86_64__
                           {256, spin<256>},
                           {512, spin<512>}
#endif
};

// 10^9 operations a second.
double pace(const Spin& spin) {
  constexpr double kLongEnough = 0.001;
  volatile float start = 0.5F;
  volatile float total = 0.0F;  // keeps the compiler from leaving out what nobody asks for
  int calls = 0;
  const Stopwatch watch;
  do {
    total = total + spin.run(start);
    ++calls;
  } while (watch.seconds() < kLongEnough);
  return calls * 2e-9 * kSpinRounds * kSpinSums * spin.bits / 32 / watch.seconds();
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
  const Spin& spin = *std::find_if(std::begin(kSpins), std::end(kSpins),
                                   [&](const Spin& one) { return one.bits == bits; });
  const double budget = seconds(request);
  std::vector<double> found;
  const Stopwatch watch;
  do {
    found.push_back(pace(spin));
  } while (watch.seconds() < budget);
  return {{"gflops", median(found)}};
}

double peak_now() {
  const int widest = vector_widths().empty() ? kSpins[0].bits : vector_widths().back();
  return pace(*std::find_if(std::begin(kSpins), std::end(kSpins),
                            [&](const Spin& one) { return one.bits == widest; }));
}

}  // namespace ff::bench
