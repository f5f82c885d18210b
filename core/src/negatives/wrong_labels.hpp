#pragma once

#include <span>
#include <vector>

#include "ff/matrix.hpp"
#include "ff/random.hpp"

namespace ff {

// Appends a wrong label for each image of `labels`, one of `choices` with a chance that is its
// share of weight(row, label) among those of all wrong ones. Never the true one.
template <class Weight>
void add_wrong_labels(std::span<const int> choices, Random& random, std::vector<int>& labels,
                      const Weight& weight) {
  const std::size_t images = labels.size();
  for (std::size_t row = 0; row < images; ++row) {
    const int truth = labels[row];
    const auto weight_of = [&](int label) { return label == truth ? 0.0F : weight(row, label); };
    float sum = 0.0F;
    for (const int label : choices) sum += weight_of(label);
    float left = static_cast<float>(random.real()) * sum;
    int chosen = truth == choices[0] ? choices[1] : choices[0];
    for (std::size_t choice = 0; choice < choices.size() && left >= 0.0F; ++choice) {
      if (choices[choice] == truth) continue;
      chosen = choices[choice];
      left -= weight_of(chosen);
    }
    labels.push_back(chosen);
  }
}

// Such labels, as likely as the softmax finds them.
inline void add_likely_labels(std::span<const int> choices, const Matrix& probabilities,
                              Random& random, std::vector<int>& labels) {
  add_wrong_labels(choices, random, labels, [&](std::size_t row, int label) {
    return probabilities(static_cast<Eigen::Index>(row), label);
  });
}

}  // namespace ff
