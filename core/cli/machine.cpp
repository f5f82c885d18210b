#ifdef __APPLE__
#include <sys/sysctl.h>
#endif

#include <unistd.h>

#include <array>
#include <fstream>
#include <string>

#include "ff/threads.hpp"
#include "kernels.hpp"
#include "record.hpp"

namespace ff::cli {
namespace {

std::string processor() {
#ifdef __APPLE__
  std::array<char, 256> name{};
  std::size_t size = name.size();
  if (sysctlbyname("machdep.cpu.brand_string", name.data(), &size, nullptr, 0) == 0)
    return name.data();
#else
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
#endif
  return "unknown";
}

}  // namespace

Machine this_machine() {
  return {.processor = processor(),
          .cores = available_threads(),
          .threads = thread_count(),
          .kernels = kernels::chosen().name};
}

std::int64_t machine_memory() {
  return std::int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGESIZE);
}

}  // namespace ff::cli
