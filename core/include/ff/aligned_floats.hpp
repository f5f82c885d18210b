#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ff {

/// Memory that begins with a cache line, so that no vector of a kernel lies across two. Much of it
/// is asked for in huge pages, where the system has them: looking up small ones takes a tenth of a
/// step's time.
void* allocate_aligned(std::size_t bytes);
void deallocate_aligned(void* memory, std::size_t bytes);

template <class Number>
struct CacheLineAllocator {
  using value_type = Number;

  CacheLineAllocator() = default;
  template <class Other>
  explicit CacheLineAllocator(const CacheLineAllocator<Other>&) {}

  Number* allocate(std::size_t count) {
    return static_cast<Number*>(allocate_aligned(count * sizeof(Number)));
  }
  void deallocate(Number* memory, std::size_t count) {
    deallocate_aligned(memory, count * sizeof(Number));
  }

  bool operator==(const CacheLineAllocator&) const { return true; }
};

/// Keeps its memory when it becomes smaller: what takes one shape after another allocates only
/// until it has had its largest.
using AlignedFloats = std::vector<float, CacheLineAllocator<float>>;

/// Makes room for so many numbers, never less than before.
template <class Buffer>
void at_least(Buffer& buffer, std::int64_t size) {
  buffer.resize(std::max(buffer.size(), static_cast<std::size_t>(size)));
}

}  // namespace ff
