#include "squares_of_places.hpp"

namespace ff {
namespace {

void mean_apply(const Shape& shape, int size, const float* units, float* passed) {
  const float share = 1.0F / static_cast<float>(size * size);
  std::fill_n(passed, pooled(shape, size).size(), 0.0F);
  each_place(shape, size, [&](Eigen::Index place, Eigen::Index square) {
    Channels(passed + square, shape.channels) +=
        share * ConstChannels(units + place, shape.channels);
  });
}

void mean_back(const Shape& shape, int size, const float*, const float* by_passed,
               float* by_units) {
  const float share = 1.0F / static_cast<float>(size * size);
  const bool leaves_out = shape.height % size != 0 || shape.width % size != 0;
  if (leaves_out) std::fill_n(by_units, shape.size(), 0.0F);
  each_place(shape, size, [&](Eigen::Index place, Eigen::Index square) {
    Channels(by_units + place, shape.channels) =
        share * ConstChannels(by_passed + square, shape.channels);
  });
}

}  // namespace

extern const Pooling kMeanPooling = {
    .name = "mean", .title = "Mean", .apply = mean_apply, .back = mean_back};

}  // namespace ff
