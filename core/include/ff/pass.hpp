#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ff/activity.hpp"
#include "ff/batch.hpp"
#include "ff/network.hpp"
#include "ff/optimiser.hpp"

namespace ff {

/// Memory of the left side of a product, in the order in which the kernels read it.
struct Packing {
  AlignedFloats values;
  std::vector<std::uint32_t> index, kept;
};

/// Images and labels on their way through a net: the one owner of working memory, so that a step
/// allocates nothing. What layer 1 adds up of pictures and of label codes is multiplied once,
/// however many labels a picture is shown with, and again only when its weights have changed.
class Pass {
 public:
  /// Begins with the pictures of a batch, which stays as it is meanwhile, without labels.
  void start(const Batch& batch);

  /// [groups * pictures], or as many rows as are wanted: group by group, the label (or kNeutral)
  /// that each picture is shown with from now on.
  void label(std::span<const int> labels);
  /// All images once, with a neutral label.
  void label_neutral();

  const Batch& batch() const { return *batch_; }
  Eigen::Index rows() const { return static_cast<Eigen::Index>(labels_.size()); }

  /// Layer `index` of a net. `previous`: the activity of the layer before, if any; its direction is
  /// seen, or what a black box makes of it.
  void forward(const Network& network, std::size_t index, const Activity& previous,
               Activity& activity);

  /// Weighted sums alone, [rows x units], by weights and bias like those of layer `index`, such as
  /// a change of them.
  void weigh(const Network& network, std::size_t index, const Layer& along,
             const Activity& previous, const Eigen::Ref<Matrix>& sums);

  /// Steps layer `index`, weights and bias, against the gradient that `delta` means, the derivative
  /// by the sums before the activation [rows x units], in the sets of the layer's weights.
  void learn(std::size_t index, const Activity& previous, const PanelMatrix& delta,
             const OptimiserStep& step, Network& network);

  /// Adds `left` [rows x inputs] times the weights of units that see by those fields to `sums`
  /// [rows x units].
  void add_product(const ReceptiveFields& fields, const PanelMatrix& weights,
                   const Eigen::Ref<const Matrix>& left, Eigen::Ref<Matrix> sums);
  /// below [rows x inputs] = gradient [rows x units] times the transpose of such weights.
  void derive_below(const ReceptiveFields& fields, const PanelMatrix& weights,
                    const Eigen::Ref<const Matrix>& gradient, Eigen::Ref<Matrix> below);

  /// Adds a layer's direction times its part of the softmax to `logits` [rows x classes].
  void add_logits(const PanelMatrix& weights, const Activity& activity, Matrix& logits);
  /// Steps that part against its gradient, direction^T delta.
  void learn_logits(const Activity& activity, const PanelMatrix& delta, const OptimiserStep& step,
                    Parameter& weights);

  /// Steps a bias against its gradient, the column sums of delta; without decay.
  void learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Parameter& bias);

 private:
  const Activity& seen(const Network& network, std::size_t index, const Activity& previous);
  void multiply_batch(const ReceptiveFields& fields, const PanelMatrix& weights, Matrix& product);
  template <class Row>
  void weigh_batch(const RowFormat& format, const Layer& first, const Matrix& product,
                   Eigen::Ref<Matrix> sums, const Row& finish);
  void weigh_below(const ReceptiveFields& fields, const Layer& layer, const Activity& input,
                   bool rectify, float* square_sums, Eigen::Ref<Matrix> sums);
  void learn_batch(const RowFormat& format, const ReceptiveFields& fields, const PanelMatrix& delta,
                   const OptimiserStep& step, Parameter& weights);
  void learn_below(const ReceptiveFields& fields, const Activity& input, const PanelMatrix& delta,
                   const OptimiserStep& step, Parameter& weights);
  float input_scale(const RowFormat& format, Eigen::Index row) const;

  const Batch* batch_ = nullptr;
  std::vector<int> labels_;
  Matrix product_, product_along_;     // layer 1's, or a change's, with the rows of the batch
  std::uint64_t product_version_ = 0;  // of the weights that made it; 0: none yet
  Vector input_scale_;                 // [rows] what brings each labelled picture to mean square 1
  Packing left_;
  AlignedFloats panel_sums_, whole_;
  PanelMatrix shared_, transposed_, column_sums_, bias_;
  Activity boxed_;
};

/// Row-wise softmax, in place: [rows x classes] sums become probabilities.
void softmax_rows(Matrix& logits);

}  // namespace ff
