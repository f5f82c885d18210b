#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ff/batch.hpp"
#include "ff/network.hpp"

namespace ff::test {

using Real = Eigen::MatrixXd;

/// The paper's formulas written out over whole matrices in double precision: nothing shared,
/// nothing folded. What the library computes is held against this.
struct DenseReference {
  double strength;

  /// Labelled images as full rows of mean square 1, group by group as `labels`.
  Real inputs(const Batch& batch, std::span<const int> labels) const;
  /// Rows of mean square 1; a row of nothing but zeros stays so.
  static Real directions(Real rows);

  static double activate(double sum, const std::string& kind);
  /// What a unit adds up of those inputs that its field has, before the activation.
  static Real sums(const Layer& layer, const Real& inputs);
  static Real activity(const Layer& layer, const Real& inputs, const std::string& kind = "relu");
  static Real black_box(const Real& activity);
  /// What a layer passes on of its activity: pooled, then normalised over all these rows.
  static Real passed_on(const Layer& layer, const Real& activity);
  /// What every layer of a net gets to see, the first of them `inputs`.
  static std::vector<Real> all_inputs(const Network& network, Real inputs);

  /// Of some units together, a number a row.
  static Eigen::VectorXd goodness(const Real& activity, const Config& config);
  static double pair_loss(double positive, double negative, const Config& config, double threshold);
  /// Whether there is a formula for that objective here.
  static bool knows(const std::string& objective);
  /// On the scale of the goodness of so many units.
  static double threshold(const Config& config, Eigen::Index units);
  /// Mean loss of rows that are positives, then their negatives.
  static double loss(const Eigen::VectorXd& goodness, const Config& config, Eigen::Index units);
  /// Mean loss of a layer's groups, what other layers add given.
  static double layer_loss(const Layer& layer, const Real& inputs, const Config& config,
                           const Eigen::VectorXd& others = {});
};

/// The same of a whole net with one loss.
struct WholeReference {
  /// Mean cross-entropy of the softmax at the end of the net.
  static double cross_entropy(const Network& network, Real inputs, std::span<const int> labels);
  /// The same of layer `index`'s part of the softmax alone.
  static double cross_entropy_of_part(const Network& network, std::size_t index, const Real& units,
                                      std::span<const int> labels);
  static double cross_entropy(const Real& logits, std::span<const int> labels);
  /// [rows x classes] of layer `last`, by what it and all before it pass on. Each layer's activity
  /// is taken times what dropout has made of it, if anything.
  static Real class_goodness(const Network& network, std::size_t last, Real inputs,
                             std::span<const Real> dropout = {});
  /// Mean cross-entropy of that.
  static double class_loss(const Network& network, std::size_t last, Real inputs,
                           std::span<const int> labels, std::span<const Real> dropout = {});
  /// The objective of the goodness of all layers that count.
  static double goodness_loss(const Network& network, Real inputs);
};

/// Derivative of `value` by every entry of `weights`, by central differences.
template <class Weights>
Real finite_differences(Weights& weights, const std::function<double()>& value) {
  // Small enough to stay on one side of an activation's kink.
  constexpr float kStep = 1e-5F;
  Real slope(weights.rows(), weights.cols());
  for (Eigen::Index i = 0; i < weights.rows(); ++i)
    for (Eigen::Index j = 0; j < weights.cols(); ++j) {
      const float kept = weights(i, j);
      weights(i, j) = kept + kStep;
      const double above = value();
      const float high = weights(i, j);
      weights(i, j) = kept - kStep;
      const double below = value();
      slope(i, j) = (above - below) / (static_cast<double>(high) - weights(i, j));
      weights(i, j) = kept;
    }
  return slope;
}

/// Largest difference of entries, as a share of the largest entry expected.
double difference(const Matrix& actual, const Real& expected);

}  // namespace ff::test
