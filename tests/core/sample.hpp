#pragma once

#include <cstdint>
#include <memory>

#include "ff/config.hpp"
#include "ff/dataset.hpp"
#include "ff/random.hpp"

namespace ff::test {

/// Small images that can be learnt: each class a blob at its own place, with noise. Seeded.
inline std::shared_ptr<const Dataset> blobs(int count, std::int64_t seed = 7, int side = 8) {
  Dataset data{.width = side, .height = side, .classes = 10, .pixels = {}, .labels = {}};
  for (int image = 0; image < count; ++image) {
    Random random(seed, RandomUse::kAugmentation, static_cast<std::uint64_t>(image));
    const int label = image % 10;
    for (int pixel = 0; pixel < side * side; ++pixel) {
      const bool lit = pixel % 10 == label || pixel / 5 % 10 == label;
      data.pixels.push_back(static_cast<std::uint8_t>((lit ? 150 : 0) + random.below(100)));
    }
    data.labels.push_back(static_cast<std::uint8_t>(label));
  }
  return std::make_shared<const Dataset>(std::move(data));
}

inline Config small_config() {
  Config config;
  config.layers = {24, 16};
  config.batch = 10;
  config.epochs = 4;
  return config;
}

}  // namespace ff::test
