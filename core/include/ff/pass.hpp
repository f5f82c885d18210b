#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ff/activity.hpp"
#include "ff/batch.hpp"
#include "ff/network.hpp"
#include "ff/optimiser.hpp"
#include "ff/product_memory.hpp"

namespace ff {

/// Where in a run a net learns from a minibatch.
struct Learning {
  std::int64_t epoch = 0;  ///< full ones before
  std::int64_t step = 0;   ///< minibatches before
};

/// Images and labels on their way through a net: the one owner of working memory, so that a step
/// allocates nothing. What layer 1 adds up of pictures and of label codes is multiplied once,
/// however many labels a picture is shown with, and again only when its weights have changed.
class Pass {
 public:
  /// Begins with the pictures of a batch, which stays as it is meanwhile, without labels. Where the
  /// net learns from it, a normalisation by minibatches goes by this one, and units drop out.
  void start(const Batch& batch, const std::optional<Learning>& learning = {});

  /// [groups * images], or as many rows as are wanted: group by group, the label (or kNeutral) that
  /// each image is shown with from now on. The second group are negatives, the last of which show
  /// the pictures of their own, if there are any.
  void label(std::span<const int> labels);
  /// Once, with a neutral label, all images, or all pictures.
  void label_neutral(bool all_pictures = false);

  const Batch& batch() const { return *batch_; }
  Eigen::Index rows() const { return static_cast<Eigen::Index>(labels_.size()); }
  /// Whether a layer learns from the batch, or its epochs are over.
  bool learns(const Layer& layer) const {
    return learning_ && (layer.until == 0 || learning_->epoch < layer.until);
  }
  /// What brings a labelled picture to mean square 1.
  float input_scale(const RowFormat& format, Eigen::Index row) const;

  /// Layer `index` of a net. `previous`: the activity of the layer before, if any; its direction is
  /// seen, or what a black box makes of it.
  void forward(const Network& network, std::size_t index, const Activity& previous,
               Activity& activity);

  /// Weighted sums alone, [rows x units], by weights and bias like those of layer `index`, such as
  /// a change of them.
  void weigh(const Network& network, std::size_t index, const Layer& along,
             const Activity& previous, const Eigen::Ref<Matrix>& sums);

  /// Steps layer `index`, weights and bias, against the gradient that `delta` means, the derivative
  /// by the sums before the activation [rows x units], a set for each of the layer's fields. A
  /// layer whose epochs are over stays as it is.
  void learn(std::size_t index, const Activity& previous, const PanelMatrix& delta,
             const OptimiserStep& step, Network& network);

  /// Adds `left` [rows x inputs] times the weights of units that see by those fields to `sums`
  /// [rows x units].
  void add_product(const ReceptiveFields& fields, const PanelMatrix& weights,
                   const Eigen::Ref<const Matrix>& left, Eigen::Ref<Matrix> sums);
  /// below [rows x inputs] = gradient [rows x units] times the transpose of such weights.
  void derive_below(const ReceptiveFields& fields, const PanelMatrix& weights,
                    const Eigen::Ref<const Matrix>& gradient, const Eigen::Ref<Matrix>& below);

  /// Adds a layer's direction times its part of the softmax to `logits` [rows x classes].
  void add_logits(const PanelMatrix& weights, const Activity& activity, Matrix& logits);
  /// Steps that part against its gradient, direction^T delta.
  void learn_logits(const Activity& activity, const PanelMatrix& delta, const OptimiserStep& step,
                    Parameter& weights);

  /// Steps the gain and the shift of a layer that has them, once derivatives went back through its
  /// normalisation.
  void learn_scale(const Activity& activity, const OptimiserStep& step, Layer& layer);

  /// Steps a bias against its gradient, the column sums of delta, added up where the fields that
  /// delta has a set for share it; without decay.
  void learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Parameter& bias);

 private:
  Eigen::Index picture_of(Eigen::Index row) const;
  void drop_out(const Network& network, std::size_t index, Activity& activity) const;
  const Activity& seen(const Network& network, std::size_t index, const Activity& previous);
  void multiply_batch(const ReceptiveFields& fields, const PanelMatrix& weights, Matrix& product);
  template <class Row>
  void weigh_batch(const RowFormat& format, const ConstRow& bias, const Matrix& product,
                   Eigen::Ref<Matrix> sums, const Row& finish);
  void forward_batch(const RowFormat& format, const Layer& layer, bool rectify, Activity& activity);
  void weigh_batch_along(const RowFormat& format, const ReceptiveFields& fields, const Layer& along,
                         const Eigen::Ref<Matrix>& sums);
  ConstRow bias_by_unit(const ReceptiveFields& fields, const Parameter& bias);
  bool shows_pictures(const Network& network) const;
  void scale_inputs(const RowFormat& format, Eigen::Index rows);
  struct Rows;
  void weigh_rows(const ReceptiveFields& fields, const Layer& layer, const Rows& input,
                  bool rectify, float* square_sums, Eigen::Ref<Matrix> sums);
  void learn_batch(const RowFormat& format, const ReceptiveFields& fields, const PanelMatrix& delta,
                   const OptimiserStep& step, Parameter& weights);

  const Batch* batch_ = nullptr;
  std::optional<Learning> learning_;
  std::vector<int> labels_;
  Matrix product_, product_along_;     // layer 1's, or a change's, with the rows of the batch
  std::uint64_t product_version_ = 0;  // of the weights that made it; 0: none yet
  Vector input_scale_;                 // [rows] what brings each labelled picture to mean square 1
  ProductMemory memory_;
  AlignedFloats panel_sums_, whole_;
  AlignedFloats by_unit_;  // [fields x columns] a bias, or its gradient, where fields share it
  PanelMatrix shown_, column_sums_, bias_;
  Activity boxed_;
  std::vector<RunningFigures> figures_;  // [layers] of the batch, where it is learnt from
};

/// Row-wise softmax, in place: [rows x classes] sums become probabilities.
void softmax_rows(Matrix& logits);

}  // namespace ff
