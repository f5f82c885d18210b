#pragma once

#include <array>
#include <vector>

#include "ff/network.hpp"
#include "ff/optimiser.hpp"

namespace ff {

/// Every image once through a net, with a neutral label, to the softmax at its end. However deep
/// the net, only two layers' activity is held.
class OnePass {
 public:
  /// Probabilities [images x classes]. `product`: layer 1's product with the images.
  const Matrix& run(const Network& network, const Matrix& product, const Batch& batch,
                    Workspace& work);

  /// Steps the softmax against the cross-entropy's gradient on the images that were last run, whose
  /// layers before the last two it runs again.
  void learn(const Matrix& product, const Batch& batch, const OptimiserStep& step, Workspace& work,
             Network& network);

  /// Numbers of activity held.
  std::size_t capacity() const { return activity_[0].capacity() + activity_[1].capacity(); }

 private:
  void forward(const Network& network, std::size_t index, const Matrix& product, const Batch& batch,
               Workspace& work);

  std::array<Activity, 2> activity_;  ///< of the layers of even and of odd index
  std::vector<int> labels_;
  Vector input_scale_;
  Matrix probabilities_;
  PanelMatrix delta_;
};

}  // namespace ff
