#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ff/batch.hpp"
#include "ff/network.hpp"

namespace ff {

/// How a trained net is read. None of it touches a weight.
struct Reading {
  int first_counted_layer;  ///< from 1; the goodness of those before does not count
  int softmax_shift;        ///< the softmax looks at all places up to so many pixels away each way

  bool counts(std::size_t index) const {
    return static_cast<int>(index) + 1 >= first_counted_layer;
  }
};

/// As the config of its run has it.
Reading reading_of(const Network& network);

/// What a net says of images.
struct ReadOut {
  /// One a layer, [images x classes]: the layer's goodness with each label written in. None in a
  /// net whose images carry no labels.
  std::vector<Matrix> goodness;
  /// [images x classes], what a label is chosen by: the goodness summed over the layers that count,
  /// or the softmax where there is no goodness to read.
  Matrix total;
  /// [images x classes] one-pass probabilities with a neutral label; empty without a softmax.
  Matrix softmax;
};

/// Tries every label on every image, and the one pass (Hinton 2022, section 3.3), which sees images
/// in their own place alone. Here and below: as reading_of says unless told otherwise.
ReadOut read_out(const Network& network, const Batch& batch,
                 const std::optional<Reading>& reading = {});

/// The same of the images of those indices; the softmax's probabilities at all the places that it
/// looks at are averaged.
ReadOut read_out(const Network& network, const Dataset& data,
                 std::span<const std::uint32_t> indices,
                 const std::optional<Reading>& reading = {});

/// The same of one image of the net's shape, 0 background to 255.
ReadOut read_image(const Network& network, std::span<const std::uint8_t> pixels,
                   const std::optional<Reading>& reading = {});

/// Errors over some images.
struct Evaluation {
  std::int64_t images = 0;
  std::int64_t errors = 0;          ///< best ReadOut::total at a wrong label
  std::int64_t softmax_errors = 0;  ///< best probability at a wrong label
  /// [layers] best goodness of that layer alone at a wrong label; empty without labels in images.
  std::vector<std::int64_t> layer_errors;
  /// [layers] the same of the counted layers up to that one together; what a layer adds is the
  /// difference to the one before (Lorberbom et al. 2024, figure 2).
  std::vector<std::int64_t> upto_errors;

  double error() const { return rate(errors); }
  double softmax_error() const { return rate(softmax_errors); }
  double rate(std::int64_t errors) const {
    return images == 0 ? 0.0 : static_cast<double>(errors) / static_cast<double>(images);
  }
  void add(const Evaluation& other);
};

/// Judges the images first, first + stride, … of `data`, `count` of them or as many as there are.
Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                    std::size_t count, std::size_t stride = 1,
                    const std::optional<Reading>& reading = {});

}  // namespace ff
