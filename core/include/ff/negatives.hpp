#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ff/matrix.hpp"
#include "ff/random.hpp"

namespace ff {

struct Batch;
struct Dataset;

/// What a positive's negative is: the same image with a wrong label, or another picture.
/// A new one: a file in src/negatives/ and its name in negatives.cpp.
struct Negatives {
  std::string_view name, title;

  /// Appends a wrong label for each image of `labels` [images], one of `choices` (two or more);
  /// null where images carry no label. `probabilities` [images x classes]: the softmax's, of what
  /// each image's negative shows; empty in a net without one.
  void (*add_labels)(std::span<const int> choices, const Matrix& probabilities, Random& random,
                     std::vector<int>& labels);

  /// Fills the pictures of a batch that come after its images, whatever falls on the places of
  /// labels and is cleared later; null where the images themselves serve again.
  void (*add_pictures)(const Dataset& data, Random& random, Batch& batch);

  bool by_softmax;  ///< whether a softmax must be there, to draw labels by or to be read
};

/// All there are.
std::span<const Negatives* const> all_negatives();

const Negatives& negatives(std::string_view name);

/// Fills the pictures of a batch that come after its images with what is of no class: lines of a
/// pen, mirrored images, parts of images that do not fit. Outlier exposure (Hendrycks et al. 2019)
/// as forward-forward has it: the goodness of such pictures is to be low whatever their label.
void add_outliers(const Dataset& data, Random& random, Batch& batch);

/// Random bits [height x width], blurred and cut at a half: blobs of 0 and 1, row by row.
void draw_mask(int width, int height, Random& random, Eigen::Ref<RowVector> mask);

}  // namespace ff
