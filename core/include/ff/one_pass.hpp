#pragma once

#include <array>
#include <vector>

#include "ff/optimiser.hpp"
#include "ff/pass.hpp"

namespace ff {

/// Every picture once through a net, with a neutral label, to the softmax at its end. However deep
/// the net, only two layers' activity is held.
class OnePass {
 public:
  /// Probabilities [images x classes] of the images that `pass` was started with, and of its other
  /// pictures if all are wanted.
  const Matrix& run(const Network& network, Pass& pass, bool all_pictures = false);

  /// Those of what was last run.
  const Matrix& probabilities() const { return probabilities_; }

  /// Steps the softmax against the cross-entropy's gradient on the images that were last run, whose
  /// layers before the last two it runs again.
  void learn(const OptimiserStep& step, Pass& pass, Network& network);

  /// Numbers of activity held.
  std::size_t capacity() const { return activity_[0].capacity() + activity_[1].capacity(); }

 private:
  void forward(const Network& network, std::size_t index, Pass& pass) {
    pass.forward(network, index, activity_.at((index + 1) % 2), activity_.at(index % 2));
  }

  std::array<Activity, 2> activity_;  ///< of the layers of even and of odd index
  Matrix probabilities_;
  PanelMatrix delta_;
};

}  // namespace ff
