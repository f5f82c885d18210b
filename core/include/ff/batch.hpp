#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ff/config.hpp"
#include "ff/dataset.hpp"
#include "ff/matrix.hpp"
#include "ff/random.hpp"

namespace ff {

/// The first pixels of an image (in colour, of its red), one a label, are given over to the label
/// (Hinton 2022, section 3.3).
inline constexpr int kLabels = 10;

/// In place of a label: all ten pixels at a tenth of the label strength.
inline constexpr int kNeutral = -1;

/// How far an image was moved.
struct Shift {
  int down = 0, right = 0;
};

/// Images as rows, before any label is written in.
struct Batch {
  /// [images (+ hybrids) x image size], 0..1 or centred, the ten label pixels 0.
  Matrix pixels;
  Vector square_sum;  ///< [as pixels] sum of the squared pixels
  /// [images] the true ones; images have as many, and any rows of pixels beyond are hybrids.
  std::vector<int> labels;
  std::vector<Shift> shifts;  ///< [images]; empty if none was moved
  Matrix masks;               ///< [hybrids x width * height] 0 or 1; empty without hybrids

  Eigen::Index images() const { return static_cast<Eigen::Index>(labels.size()); }
};

/// Fills `batch` with the images of those indices, all of them moved by `shift`.
void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices, InputsKind inputs,
                Batch& batch, Shift shift = {});

/// How images are changed each time they are seen.
struct Augmentation {
  InputsKind inputs;
  int shift;     ///< each is moved by up to so many pixels each way, background coming in
  bool hybrids;  ///< each is followed, below all of them, by a hybrid with another one
};

/// The same with changes. A hybrid is what add_hybrids makes.
void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const Augmentation& augmentation, Random& random, Batch& batch);

/// Fills `batch` with one image of unknown label, as many pixels as given.
void fill_batch(std::span<const std::uint8_t> image, InputsKind inputs, Batch& batch);

/// What the label pixels of a row hold: `strength` at the label, or a tenth of it in all for
/// kNeutral.
RowVector label_pixels(int label, float strength);

}  // namespace ff
