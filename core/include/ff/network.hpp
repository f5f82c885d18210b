#pragma once

#include <span>
#include <vector>

#include "ff/batch.hpp"
#include "ff/config.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// Every unit sees every input.
struct DenseLayer {
  Matrix weights;  ///< [inputs x units]
  Matrix bias;     ///< [1 x units]

  Eigen::Index inputs() const { return weights.rows(); }
  Eigen::Index units() const { return weights.cols(); }
};

/// A trained, or not yet trained, net and the config that made it.
struct Network {
  Config config;
  std::vector<DenseLayer> layers;
  DenseLayer softmax;  ///< one-pass read-out: [units of all counted layers x 10]; empty if left out

  Eigen::Index inputs() const { return layers.front().inputs(); }
  bool has_softmax() const { return softmax.weights.size() > 0; }
  /// Whether the goodness of layer `index` (from 0) counts in the read-outs.
  bool counted(std::size_t index) const {
    return static_cast<int>(index) + 1 >= config.first_counted_layer;
  }
};

/// A net with weights drawn from N(0, 1 / inputs) by the config's seed, biases and softmax 0.
Network make_network(const Config& config, int inputs);

/// A layer's activity and what the next layer makes of it: only its direction.
struct Activity {
  Matrix units;  ///< [rows x units] after the ReLU
  Vector scale;  ///< [rows] what brings each row to mean square 1
};

/// Layer 1's product with the images alone, [images x units]: rows that differ only in their label
/// share it.
void image_product(const DenseLayer& first, const Matrix& pixels, Matrix& product);

/// Layer 1 on labelled images. `labels` [groups * images]: group by group, each over all images of
/// the batch; the label (or kNeutral) that each row carries. Every row is scaled to mean square 1
/// with its label in. `input_scale` [rows] receives that scale.
void forward_labelled(const DenseLayer& first, const Matrix& product, const Batch& batch,
                      std::span<const int> labels, float strength, Vector& input_scale,
                      Activity& activity);

/// Any later layer: ReLU of the previous layer's direction times the weights, plus the bias.
void forward_hidden(const DenseLayer& layer, const Activity& previous, Activity& activity);

/// Gradient of layer 1's weights, the shared images taken once: pixels^T (sum over groups of scaled
/// delta), plus what falls on the label pixels. `delta` [groups * images x units] is the derivative
/// by the sums before the ReLU. `summed` is working memory.
void gradient_labelled(const Batch& batch, std::span<const int> labels, float strength,
                       const Vector& input_scale, const Matrix& delta, Matrix& summed,
                       Matrix& gradient);

/// Gradient of a later layer's weights: direction^T delta. `scaled` is working memory.
void gradient_hidden(const Activity& previous, const Matrix& delta, Matrix& scaled,
                     Matrix& gradient);

/// Row-wise softmax, in place: [rows x classes] sums become probabilities.
void softmax_rows(Matrix& logits);

}  // namespace ff
