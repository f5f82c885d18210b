#pragma once

#include <vector>

#include "ff/matrix.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

// Mean cross-entropy of probabilities [images x labels] with the true labels.
float cross_entropy(const Matrix& probabilities, const std::vector<int>& labels);

// delta [rows x labels]: its derivative by the sums that the softmax made probabilities of. Rows
// after those with a label are not judged.
void derive_cross_entropy(const Matrix& probabilities, const std::vector<int>& labels,
                          PanelMatrix& delta);

}  // namespace ff
