#include "ff/aligned_floats.hpp"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace ff {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

// How much is taken, and by what its address can be divided.
struct Extent {
  std::size_t bytes;
  std::align_val_t alignment;
};

Extent extent_of(std::size_t bytes) {
  if (bytes < kHugePage / 2) return {bytes, std::align_val_t{64}};
  return {(bytes + kHugePage - 1) / kHugePage * kHugePage, std::align_val_t{kHugePage}};
}

}  // namespace

void* allocate_aligned(std::size_t bytes) {
  const Extent extent = extent_of(bytes);
  void* memory = ::operator new(extent.bytes, extent.alignment);
#if defined(__linux__)
  // A request: where it is not granted, small pages do.
  if (extent.bytes % kHugePage == 0) madvise(memory, extent.bytes, MADV_HUGEPAGE);
#endif
  return memory;
}

void deallocate_aligned(void* memory, std::size_t bytes) {
  ::operator delete(memory, extent_of(bytes).alignment);
}

}  // namespace ff
