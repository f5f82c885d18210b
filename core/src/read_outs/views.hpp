#pragma once

#include <vector>

#include "ff/read_out.hpp"

namespace ff {

// The mean of scores by read(question) where the images are and at the places around, as far as the
// reading looks; mirrored as well, if it looks around and the net learnt from mirrored images.
template <class Read>
std::vector<Matrix> mean_over_views(const Question& question, const Read& read) {
  std::vector<Matrix> scores = read(question);
  const int reach = question.reading.softmax_shift;
  if (reach == 0) return scores;
  const bool mirrors = question.network.config.flips > 0.0;
  Batch batch;
  Pass pass;
  for (int down = -reach; down <= reach; ++down)
    for (int right = -reach; right <= reach; ++right)
      for (int mirrored = 0; mirrored <= (mirrors ? 1 : 0); ++mirrored) {
        if (down == 0 && right == 0 && mirrored == 0) continue;
        fill_batch(question.data, question.indices, question.network.format, batch,
                   {.down = down, .right = right, .mirrored = mirrored == 1});
        pass.start(batch);
        const std::vector<Matrix> there = read({.network = question.network,
                                                .data = question.data,
                                                .indices = question.indices,
                                                .reading = question.reading,
                                                .pass = pass,
                                                .activity = question.activity});
        for (std::size_t which = 0; which < scores.size(); ++which) scores[which] += there[which];
      }
  const int places = (2 * reach + 1) * (2 * reach + 1);
  for (Matrix& one : scores) one /= static_cast<float>(mirrors ? 2 * places : places);
  return scores;
}

}  // namespace ff
