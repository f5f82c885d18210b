#include <cstdio>

#include "targets.hpp"

namespace {

/// The target that the environment variable FF_FUZZ_TARGET names; libFuzzer has the command line.
const ff::fuzz::Target& target() {
  const char* wanted = std::getenv("FF_FUZZ_TARGET");
  for (const ff::fuzz::Target& target : ff::fuzz::kTargets)
    if (wanted != nullptr && std::string_view(wanted) == target.name) return target;
  std::fputs("FF_FUZZ_TARGET: expected the name of a folder in tests/fuzz/corpus.\n", stderr);
  std::exit(2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ff::fuzz::Target& chosen = target();
  ff::fuzz::run(chosen.run, {data, size});
  return 0;
}
