#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace ff {

/// Memory that begins with a cache line, so that no vector of a kernel lies across two.
template <class Number>
struct CacheLineAllocator {
  using value_type = Number;
  static constexpr std::align_val_t kCacheLine{64};

  CacheLineAllocator() = default;
  template <class Other>
  explicit CacheLineAllocator(const CacheLineAllocator<Other>&) {}

  Number* allocate(std::size_t count) {
    return static_cast<Number*>(::operator new(count * sizeof(Number), kCacheLine));
  }
  void deallocate(Number* memory, std::size_t) { ::operator delete(memory, kCacheLine); }

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
