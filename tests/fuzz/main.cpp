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

/// Tidying up after each throw would take most of the time; the core suite, which runs the corpus
/// too, looks for what is used after a return.
extern "C" const char* __asan_default_options() {  // NOLINT(bugprone-reserved-identifier)
  return "detect_stack_use_after_return=0:malloc_context_size=8";
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ff::fuzz::Target& chosen = target();
  ff::fuzz::run(chosen.run, {data, size});
  return 0;
}
