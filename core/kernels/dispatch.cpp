#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ff/error.hpp"
#include "kernels.hpp"

// WebAssembly has one set a build, chosen by its flags: wasm/kernels.cpp.

namespace ff::kernels {

extern const Set kAvx512;
extern const Set kAvx2;
extern const Set kNeon;
extern const Set kPlain;

namespace {

std::vector<Set> find_runnable() {
  std::vector<Set> sets;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) sets.push_back(kAvx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back(kAvx2);
#endif
#ifdef __aarch64__
  sets.push_back(kNeon);
#endif
  sets.push_back(kPlain);
  return sets;
}

std::string_view instruction_set_of(const Set& set) {
  const std::string_view name = set.name;
  return name.substr(0, name.find(' '));
}

const Set& choose() {
  const char* wanted = std::getenv("FF_KERNELS");
  if (wanted == nullptr || *wanted == '\0') return runnable().front();
  for (const Set& set : runnable())
    if (instruction_set_of(set) == wanted) return set;
  throw Error("FF_KERNELS: this machine and build have no kernels named \"" + std::string(wanted) +
              "\"; they have: " + runnable_names() + ".");
}

}  // namespace

std::span<const Set> runnable() {
  static const std::vector<Set> sets = find_runnable();
  return sets;
}

std::string runnable_names() {
  std::string names;
  for (const Set& set : runnable())
    names.append(names.empty() ? "" : ", ").append(instruction_set_of(set));
  return names;
}

const Set& chosen() {
  static const Set& set = choose();
  return set;
}

}  // namespace ff::kernels
