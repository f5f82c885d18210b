#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/network.hpp"

namespace ff {

/// What a net says of images.
struct ReadOut {
  /// One a layer, [images x 10]: the layer's goodness with each label written in.
  std::vector<Matrix> goodness;
  /// [images x 10], the goodness summed over the layers that count.
  Matrix total;
  /// [images x 10] one-pass probabilities with a neutral label; empty without a softmax.
  Matrix softmax;
};

/// Tries every label on every image, and the one pass (Hinton 2022, section 3.3).
ReadOut read_out(const Network& network, const Batch& batch);

/// Errors over some images.
struct Evaluation {
  std::int64_t images = 0;
  std::int64_t goodness_errors = 0;        ///< best goodness at a wrong label
  std::int64_t softmax_errors = 0;         ///< best probability at a wrong label
  std::vector<std::int64_t> layer_errors;  ///< [layers] best goodness of that layer alone

  double error() const { return rate(goodness_errors); }
  double softmax_error() const { return rate(softmax_errors); }
  double rate(std::int64_t errors) const {
    return images == 0 ? 0.0 : static_cast<double>(errors) / static_cast<double>(images);
  }
  void add(const Evaluation& other);
};

/// Judges the images first, first + stride, … of `data`, `count` of them or as many as there are.
Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                    std::size_t count, std::size_t stride = 1);

}  // namespace ff
