#pragma once

#include <span>
#include <string_view>

#include "ff/dataset.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// How `size` x `size` places of a layer become one, which is passed on. Places beyond the last
/// whole square are left out.
/// A new one: a file in src/poolings/ and its name in pooling.cpp.
struct Pooling {
  std::string_view name, title;

  /// A row's units, of so many channels and places, → what is passed on, channel beside channel.
  void (*apply)(const Shape& shape, int size, const float* units, float* passed);

  /// The derivative by those units of one by what is passed on; 0 by those left out.
  void (*back)(const Shape& shape, int size, const float* units, const float* by_passed,
               float* by_units);
};

/// All there are.
std::span<const Pooling* const> poolings();

const Pooling& pooling(std::string_view name);

/// What is passed on of a layer of that shape.
inline Shape pooled(const Shape& shape, int size) {
  return {.channels = shape.channels, .height = shape.height / size, .width = shape.width / size};
}

}  // namespace ff
