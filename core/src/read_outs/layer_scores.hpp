#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ff/read_out.hpp"

namespace ff {

// What is said of layers that have a goodness for every class: the sum of those that count; of each
// alone; and of those that count up to each. What a layer adds is the difference to the one before.

inline std::vector<ScoreName> layer_score_names(const std::string& what,
                                                const std::vector<std::size_t>& layers) {
  std::vector<ScoreName> all = {{.name = "goodness", .title = what, .sum = true}};
  for (const std::size_t layer : layers)
    all.push_back({.name = "layer",
                   .title = what + " of layer " + std::to_string(layer + 1) + " alone",
                   .layer = static_cast<int>(layer)});
  for (const std::size_t layer : layers)
    all.push_back({.name = "upto",
                   .title = what + " of layers up to " + std::to_string(layer + 1),
                   .layer = static_cast<int>(layer),
                   .sum = true});
  return all;
}

// measure(index, activity) gives a layer's goodness [images x classes]. The pass has its labels.
template <class Measure>
std::vector<Matrix> layer_scores(const Question& question, const std::vector<std::size_t>& layers,
                                 const Measure& measure) {
  auto& [activity, below] = question.activity;
  std::vector<Matrix> alone;
  std::vector<Matrix> upto;
  const Network& network = question.network;
  Matrix sum = Matrix::Zero(static_cast<Eigen::Index>(question.indices.size()), network.labels());
  std::size_t index = 0;
  for (const std::size_t layer : layers) {
    for (; index <= layer; ++index) {
      std::swap(activity, below);
      question.pass.forward(network, index, below, activity);
    }
    alone.push_back(measure(layer, activity));
    if (question.reading.counts(layer)) sum += alone.back();
    upto.push_back(sum);
  }
  std::vector<Matrix> all = {std::move(sum)};
  for (auto* part : {&alone, &upto})
    all.insert(all.end(), std::move_iterator(part->begin()), std::move_iterator(part->end()));
  return all;
}

}  // namespace ff
