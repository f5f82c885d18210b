#include <limits>

#include "squares_of_places.hpp"

namespace ff {
namespace {

void max_apply(const Shape& shape, int size, const float* units, float* passed) {
  std::fill_n(passed, pooled(shape, size).size(), -std::numeric_limits<float>::infinity());
  each_place(shape, size, [&](Eigen::Index place, Eigen::Index square) {
    Channels to(passed + square, shape.channels);
    to = to.max(ConstChannels(units + place, shape.channels));
  });
}

// To the first of the largest.
void max_back(const Shape& shape, int size, const float* units, const float* by_passed,
              float* by_units) {
  std::fill_n(by_units, shape.size(), 0.0F);
  const Shape to = pooled(shape, size);
  const Eigen::Index row = Eigen::Index{shape.width} * shape.channels;
  for (int y = 0; y < to.height; ++y)
    for (int x = 0; x < to.width; ++x)
      for (int channel = 0; channel < shape.channels; ++channel) {
        const Eigen::Index first =
            y * size * row + Eigen::Index{x} * size * shape.channels + channel;
        Eigen::Index largest = first;
        for (int down = 0; down < size; ++down)
          for (int right = 0; right < size; ++right) {
            const Eigen::Index at = first + down * row + Eigen::Index{right} * shape.channels;
            if (units[at] > units[largest]) largest = at;
          }
        by_units[largest] = *by_passed++;
      }
}

}  // namespace

extern const Pooling kMaxPooling = {
    .name = "max", .title = "Largest", .apply = max_apply, .back = max_back};

}  // namespace ff
