#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/label_code.hpp"
#include "ff/matrix.hpp"
#include "ff/negatives.hpp"
#include "ff/random.hpp"

namespace ff {

/// How far an image was moved, after it was mirrored or not.
struct Shift {
  int down = 0, right = 0;
  bool mirrored = false;
};

/// Images as rows, before any label is added, and what is added for each.
struct Batch {
  /// [pictures + codes x columns]: images, 0..1 or centred; those of negatives, if any; then the
  /// codes of the row format.
  Matrix rows;
  Vector square_sum;    ///< [pictures] sum of the squared pixels
  Vector code_squares;  ///< [codes] the same of the codes
  Matrix overlap;       ///< [pictures x codes] products of the two; empty where codes overlap none
  std::vector<int> labels;    ///< [images] the true ones
  std::vector<Shift> shifts;  ///< [images]; empty if images are as they are
  Matrix masks;               ///< [hybrids x height * width] 0 or 1; empty without hybrids

  Eigen::Index images() const { return static_cast<Eigen::Index>(labels.size()); }
  auto pictures() { return rows.topRows(square_sum.size()); }
  auto pictures() const { return rows.topRows(square_sum.size()); }
};

/// Fills `batch` with the images of those indices, all of them moved by `shift`.
void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const RowFormat& format, Batch& batch, Shift shift = {});

/// The same of pictures that are numbers, [pictures x pixels] 0..1, and no image of any label.
void fill_batch(const Matrix& pictures, const RowFormat& format, Batch& batch);

/// How images are changed each time they are seen.
struct Augmentation {
  int shift;  ///< each is moved by up to so many pixels each way, background coming in
  const Negatives& negatives;  ///< some have pictures of their own, below all images
  double outliers = 0.0;       ///< share of the others that show an outlier, below all images
  double flips = 0.0;          ///< how likely each is mirrored
};

/// The same with changes.
void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const RowFormat& format, const Augmentation& augmentation, Random& random,
                Batch& batch);

}  // namespace ff
