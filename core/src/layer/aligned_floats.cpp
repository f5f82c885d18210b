#include "ff/aligned_floats.hpp"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace ff {
namespace {

// How much is taken, and by what its address can be divided.
struct Extent {
  std::size_t bytes;
  std::align_val_t alignment{64};
};

#if defined(__linux__)

constexpr std::size_t kHugePage = std::size_t{1} << 21;

Extent extent_of(std::size_t bytes) {
  if (bytes < kHugePage / 2) return {bytes};
  return {(bytes + kHugePage - 1) / kHugePage * kHugePage, std::align_val_t{kHugePage}};
}

// A request: where it is not granted, small pages do.
void ask_for_huge_pages(void* memory, const Extent& extent) {
  if (extent.bytes >= kHugePage) madvise(memory, extent.bytes, MADV_HUGEPAGE);
}

#else

Extent extent_of(std::size_t bytes) { return {bytes}; }

void ask_for_huge_pages(void*, const Extent&) {}

#endif

}  // namespace

void* allocate_aligned(std::size_t bytes) {
  const Extent extent = extent_of(bytes);
  void* memory = ::operator new(extent.bytes, extent.alignment);
  ask_for_huge_pages(memory, extent);
  return memory;
}

void deallocate_aligned(void* memory, std::size_t bytes) {
  ::operator delete(memory, extent_of(bytes).alignment);
}

}  // namespace ff
