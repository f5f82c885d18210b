#pragma once

#include <span>
#include <vector>

#include "ff/batch.hpp"

namespace ff {

/// Appends a wrong label for each image of `labels` [images], which becomes [2 x images]: any one
/// of `choices` (two or more) alike, or with `probabilities` [images x classes] likely ones rather
/// than others (Hinton 2022, section 3.3). Never the true one.
void add_wrong_labels(std::span<const int> choices, const Matrix* probabilities, Random& random,
                      std::vector<int>& labels);

/// Fills the second half of the batch's rows with hybrids of its images (Hinton 2022, section 3.2):
/// mask * image + (1 - mask) * another image of the batch. Shapes that are near are those of
/// digits, shapes that are far are not.
void add_hybrids(const Dataset& data, Random& random, Batch& batch);

/// Random bits [height x width], blurred and cut at a half: blobs of 0 and 1, row by row.
void draw_mask(int width, int height, Random& random, Eigen::Ref<RowVector> mask);

}  // namespace ff
