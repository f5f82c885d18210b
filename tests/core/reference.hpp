#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include "ff/network.hpp"

namespace ff::test {

using Real = Eigen::MatrixXd;

/// The paper's formulas written out over whole matrices in double precision: nothing shared,
/// nothing folded. What the library computes is held against this.
struct DenseReference {
  double strength;

  /// Labelled images as full rows of mean square 1, group by group as `labels`.
  Real inputs(const Batch& batch, std::span<const int> labels) const {
    const Eigen::Index images = batch.pixels.rows();
    Real rows(static_cast<Eigen::Index>(labels.size()), batch.pixels.cols());
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
      rows.row(row) = batch.pixels.row(row % images).cast<double>();
      const int label = labels[static_cast<std::size_t>(row)];
      for (int pixel = 0; pixel < kLabels; ++pixel)
        rows(row, pixel) = label == kNeutral ? strength / kLabels : (pixel == label ? strength : 0);
    }
    return directions(rows);
  }

  static Real directions(Real rows) {
    for (Eigen::Index row = 0; row < rows.rows(); ++row)
      rows.row(row) /= std::sqrt(rows.row(row).squaredNorm() / static_cast<double>(rows.cols()));
    return rows;
  }

  static Real activity(const DenseLayer& layer, const Real& inputs) {
    const Real sums = inputs * layer.weights.matrix().cast<double>();
    return (sums.rowwise() + layer.bias.row(0).cast<double>()).cwiseMax(0.0);
  }

  static Eigen::VectorXd goodness(const Real& activity, GoodnessKind kind) {
    const double share =
        kind == GoodnessKind::kSumOfSquares ? 1.0 : 1.0 / static_cast<double>(activity.cols());
    return share * activity.rowwise().squaredNorm();
  }

  /// Mean loss of rows that are positives, then their negatives. `threshold` a unit.
  static double loss(const Eigen::VectorXd& goodness, const Config& config, Eigen::Index units) {
    const Eigen::Index batch = goodness.size() / 2;
    const double threshold =
        config.threshold *
        (config.goodness == GoodnessKind::kSumOfSquares ? static_cast<double>(units) : 1.0);
    double sum = 0.0;
    for (Eigen::Index pair = 0; pair < batch; ++pair) {
      const double positive = goodness[pair];
      const double negative = goodness[batch + pair];
      const double lag = -config.sharpness * (positive - negative);
      const double p = 1.0 / (1.0 + std::exp(-lag));
      if (config.objective == ObjectiveKind::kLogistic)
        sum += std::log1p(std::exp(config.sharpness * (threshold - positive))) +
               std::log1p(std::exp(config.sharpness * (negative - threshold)));
      else if (config.objective == ObjectiveKind::kPairwise)
        sum += std::log1p(std::exp(lag));
      else
        sum += lag * p;
    }
    return sum / static_cast<double>(batch);
  }
};

/// The same of a whole net with one loss.
struct WholeReference {
  static Real activity(const DenseLayer& layer, const Real& inputs, ActivationKind kind) {
    if (kind == ActivationKind::kRelu) return DenseReference::activity(layer, inputs);
    Real sums = inputs * layer.weights.matrix().cast<double>();
    sums.rowwise() += layer.bias.row(0).cast<double>();
    return 2.0 * (1.0 + sums.array().square() / 3.0).log();  // t distribution of 3 degrees
  }

  /// Mean cross-entropy of the softmax at the end of the net.
  static double cross_entropy(const Network& network, Real inputs, std::span<const int> labels) {
    Real logits = network.softmax.bias.cast<double>().replicate(inputs.rows(), 1);
    for (std::size_t index = 0; index < network.layers.size(); ++index) {
      inputs = DenseReference::directions(
          activity(network.layers[index], inputs, network.config.activation));
      if (network.counted(index))
        logits += inputs * network.softmax.weights[index].matrix().cast<double>();
    }
    return cross_entropy(logits, labels);
  }

  /// The same of layer `index`'s part of the softmax alone.
  static double cross_entropy_of_part(const Network& network, std::size_t index, const Real& units,
                                      std::span<const int> labels) {
    const Real logits =
        network.softmax.bias.cast<double>().replicate(units.rows(), 1) +
        DenseReference::directions(units) * network.softmax.weights[index].matrix().cast<double>();
    return cross_entropy(logits, labels);
  }

  static double cross_entropy(const Real& logits, std::span<const int> labels) {
    double sum = 0.0;
    for (Eigen::Index row = 0; row < logits.rows(); ++row)
      sum += std::log(logits.row(row).array().exp().sum()) -
             logits(row, labels[static_cast<std::size_t>(row)]);
    return sum / static_cast<double>(logits.rows());
  }

  /// The objective of the goodness of all layers that count.
  static double goodness_loss(const Network& network, Real inputs) {
    Config config = network.config;
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(inputs.rows());
    Eigen::Index units = 0;
    int layers = 0;
    for (std::size_t index = 0; index < network.layers.size(); ++index) {
      const Real active = activity(network.layers[index], inputs, config.activation);
      inputs = DenseReference::directions(active);
      if (!network.counted(index)) continue;
      sum += DenseReference::goodness(active, config.goodness);
      units += active.cols();
      ++layers;
    }
    if (config.goodness == GoodnessKind::kMeanOfSquares) config.threshold *= layers;
    return DenseReference::loss(sum, config, units);
  }
};

/// Derivative of `value` by every entry of `weights`, by central differences.
template <class Weights>
Real finite_differences(Weights& weights, const std::function<double()>& value,
                        float step = 1e-3F) {
  Real slope(weights.rows(), weights.cols());
  for (Eigen::Index i = 0; i < weights.rows(); ++i)
    for (Eigen::Index j = 0; j < weights.cols(); ++j) {
      const float kept = weights(i, j);
      weights(i, j) = kept + step;
      const double above = value();
      const float high = weights(i, j);
      weights(i, j) = kept - step;
      const double below = value();
      slope(i, j) = (above - below) / (static_cast<double>(high) - weights(i, j));
      weights(i, j) = kept;
    }
  return slope;
}

/// Largest difference of entries, as a share of the largest entry expected.
inline double difference(const Matrix& actual, const Real& expected) {
  return (actual.cast<double>() - expected).cwiseAbs().maxCoeff() /
         std::max(expected.cwiseAbs().maxCoeff(), 1e-12);
}

}  // namespace ff::test
