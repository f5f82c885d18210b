#pragma once

#include "ff/pooling.hpp"

namespace ff {

using Channels = Eigen::Map<Eigen::ArrayXf>;
using ConstChannels = Eigen::Map<const Eigen::ArrayXf>;

// Calls use(place, square) for each place that is pooled: where its channels begin among the units,
// and those of its square among what is passed on.
template <class Use>
void each_place(const Shape& shape, int size, const Use& use) {
  const Shape to = pooled(shape, size);
  const auto begin = [&](int width, int y, int x) {
    return (Eigen::Index{y} * width + x) * shape.channels;
  };
  for (int y = 0; y < to.height * size; ++y)
    for (int x = 0; x < to.width * size; ++x)
      use(begin(shape.width, y, x), begin(to.width, y / size, x / size));
}

}  // namespace ff
