#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/matrix.hpp"
#include "ff/random.hpp"

namespace ff {

/// The first pixels of an image, one a label, are given over to the label (Hinton 2022,
/// section 3.3).
inline constexpr int kLabels = 10;

/// In place of a label: all ten pixels at a tenth of the label strength.
inline constexpr int kNeutral = -1;

/// How far an image was moved.
struct Shift {
  int down, right;
};

/// Images as rows, before any label is written in.
struct Batch {
  Matrix pixels;              ///< [images x image size], 0..1, the ten label pixels 0
  Vector square_sum;          ///< [images] sum of the squared pixels
  std::vector<int> labels;    ///< [images] the true ones
  std::vector<Shift> shifts;  ///< [images]; empty if none was moved
};

/// Fills `batch` with the images of those indices.
void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices, Batch& batch);

/// The same, each image moved by up to `shift` pixels each way, background coming in at the edges.
void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices, int shift,
                Random& random, Batch& batch);

/// Fills `batch` with one image of unknown label, as many pixels as given.
void fill_batch(std::span<const std::uint8_t> image, Batch& batch);

/// What the label pixels of a row hold: `strength` at the label, or a tenth of it in all for
/// kNeutral.
RowVector label_pixels(int label, float strength);

}  // namespace ff
