#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "ff/network.hpp"

namespace ff::test {

using Real = Eigen::MatrixXd;

/// The paper's formulas written out over whole matrices in double precision: nothing shared,
/// nothing folded. What the library computes is held against this.
struct DenseReference {
  double strength;

  /// Labelled images as full rows of mean square 1, group by group as `labels`.
  Real inputs(const Batch& batch, std::span<const int> labels) const {
    const Eigen::Index images = batch.pictures().rows();
    Real rows(static_cast<Eigen::Index>(labels.size()), batch.pictures().cols());
    const Real codes = batch.rows.bottomRows(batch.code_squares.size()).cast<double>();
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
      rows.row(row) = batch.pictures().row(row % images).cast<double>();
      const int label = labels[static_cast<std::size_t>(row)];
      if (label != kNeutral)
        rows.row(row) += strength * codes.row(label);
      else if (codes.rows() > 0)
        rows.row(row) += strength * codes.topRows(codes.rows() - 1).colwise().mean();
    }
    return directions(rows);
  }

  /// Rows of mean square 1; a row of nothing but zeros stays so.
  static Real directions(Real rows) {
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
      const double square = rows.row(row).squaredNorm() / static_cast<double>(rows.cols());
      if (square > 0.0) rows.row(row) /= std::sqrt(square);
    }
    return rows;
  }

  static double activate(double sum, ActivationKind kind) {
    if (kind == ActivationKind::kRelu) return std::max(sum, 0.0);
    if (kind == ActivationKind::kLeakyRelu) return sum < 0.0 ? 0.1 * sum : sum;
    // The density of a t distribution with 3 degrees of freedom, as a share of its peak.
    return -std::log(std::pow(1.0 + sum * sum / 3.0, -2.0));
  }

  static Real activity(const DenseLayer& layer, const Real& inputs,
                       ActivationKind kind = ActivationKind::kRelu) {
    Real sums = inputs * layer.weights.matrix().cast<double>();
    sums.rowwise() += layer.bias.row(0).cast<double>();
    return sums.unaryExpr([kind](double sum) { return activate(sum, kind); });
  }

  static Real black_box(const Real& activity) {
    Real seen(activity.rows(), activity.cols());
    for (Eigen::Index row = 0; row < seen.rows(); ++row)
      for (Eigen::Index unit = 0; unit < seen.cols(); ++unit) {
        const Eigen::Index next = unit + 1 == seen.cols() ? 0 : unit + 1;
        seen(row, unit) = activity(row, unit) > activity(row, next) ? 1.0 : 0.0;
      }
    return seen;
  }

  /// What every layer of a net gets to see, the first of them `inputs`.
  static std::vector<Real> all_inputs(const Network& network, Real inputs) {
    std::vector<Real> all = {std::move(inputs)};
    for (std::size_t index = 1; index < network.layers.size(); ++index) {
      Real units = activity(network.layers[index - 1], all.back(), network.config.activation);
      if (static_cast<int>(index) == network.config.black_box) units = black_box(units);
      all.push_back(directions(units));
    }
    return all;
  }

  /// Of some units together, a number a row.
  static Eigen::VectorXd goodness(const Real& activity, const Config& config) {
    const Eigen::VectorXd high = config.goodness == GoodnessKind::kSum
                                     ? activity.rowwise().sum().eval()
                                     : activity.array().square().rowwise().sum().matrix().eval();
    const double sign = config.polarity == PolarityKind::kHigh ? 1.0 : -1.0;
    const bool mean = config.goodness == GoodnessKind::kMeanOfSquares;
    return sign * high / (mean ? static_cast<double>(activity.cols()) : 1.0);
  }

  static double pair_loss(double positive, double negative, const Config& config,
                          double threshold) {
    const double lag = -config.sharpness * (positive - negative);
    switch (config.objective) {
      case ObjectiveKind::kLogistic:
        return std::log1p(std::exp(config.sharpness * (threshold - positive))) +
               std::log1p(std::exp(config.sharpness * (negative - threshold)));
      case ObjectiveKind::kPairwise:
        return std::log1p(std::exp(lag));
      case ObjectiveKind::kSwish:
        return lag / (1.0 + std::exp(-lag));
      case ObjectiveKind::kEntropy:
        return -std::log(1.0 / (1.0 + std::pow(negative / positive, config.sharpness)));
    }
    return 0.0;
  }

  /// On the scale of the goodness of so many units.
  static double threshold(const Config& config, Eigen::Index units) {
    const bool mean = config.goodness == GoodnessKind::kMeanOfSquares;
    const double sign = config.polarity == PolarityKind::kHigh ? 1.0 : -1.0;
    return sign * config.threshold * (mean ? 1.0 : static_cast<double>(units));
  }

  /// Mean loss of rows that are positives, then their negatives.
  static double loss(const Eigen::VectorXd& goodness, const Config& config, Eigen::Index units) {
    const Eigen::Index batch = goodness.size() / 2;
    double sum = 0.0;
    for (Eigen::Index pair = 0; pair < batch; ++pair)
      sum += pair_loss(goodness[pair], goodness[batch + pair], config, threshold(config, units));
    return sum / static_cast<double>(batch);
  }

  /// Mean loss of a layer's regions, what other layers add given.
  static double layer_loss(const DenseLayer& layer, const Real& inputs, const Config& config,
                           const Eigen::VectorXd& others = {}) {
    const Real units = activity(layer, inputs, config.activation);
    const int regions = config.regions * config.regions;
    double sum = 0.0;
    for (int region = 0; region < regions; ++region) {
      const Eigen::Index first = units.cols() * region / regions;
      const Eigen::Index count = units.cols() * (region + 1) / regions - first;
      Eigen::VectorXd own = goodness(units.middleCols(first, count), config);
      if (others.size() > 0) own += others;
      sum += loss(own, config, count);
    }
    return sum / regions;
  }
};

/// The same of a whole net with one loss.
struct WholeReference {
  /// Mean cross-entropy of the softmax at the end of the net.
  static double cross_entropy(const Network& network, Real inputs, std::span<const int> labels) {
    Real logits = network.softmax.bias.cast<double>().replicate(inputs.rows(), 1);
    for (std::size_t index = 0; index < network.layers.size(); ++index) {
      inputs = DenseReference::directions(
          DenseReference::activity(network.layers[index], inputs, network.config.activation));
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
      const Real active =
          DenseReference::activity(network.layers[index], inputs, config.activation);
      inputs = DenseReference::directions(active);
      if (!network.counted(index)) continue;
      sum += DenseReference::goodness(active, config);
      units += active.cols();
      ++layers;
    }
    if (config.goodness == GoodnessKind::kMeanOfSquares) config.threshold *= layers;
    return DenseReference::loss(sum, config, units);
  }
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
inline double difference(const Matrix& actual, const Real& expected) {
  return (actual.cast<double>() - expected).cwiseAbs().maxCoeff() /
         std::max(expected.cwiseAbs().maxCoeff(), 1e-12);
}

}  // namespace ff::test
