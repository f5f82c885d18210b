#include "ff/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ff/activation.hpp"
#include "ff/black_box.hpp"
#include "ff/random.hpp"
#include "ff/threads.hpp"
#include "products.hpp"
#include "rows.hpp"

namespace ff {
namespace {

// An image without ink or label has no direction; it stays 0 instead of becoming NaN.
constexpr float kLeastSquare = 1e-12F;

// In place of the ReLU, which the products above have left out.
void activate(const Activation& kind, Activity& activity) {
  activity.add_slopes();
  over_rows(activity.units().rows(), [&](Eigen::Index row) {
    kind.apply(activity.units().row(row), activity.slopes().row(row));
    activity.square_sum[row] = activity.units().row(row).squaredNorm();
  });
}

}  // namespace

Network make_network(const Config& config, int inputs) {
  Network network{.config = config, .layers = {}, .softmax = {}};
  int fan_in = inputs;
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    const int units = config.layers[index];
    Random random(config.seed, RandomUse::kWeights, index);
    const double deviation = 1.0 / std::sqrt(static_cast<double>(fan_in));
    Matrix weights(fan_in, units);
    for (float& weight : weights.reshaped<Eigen::RowMajor>())
      weight = static_cast<float>(deviation * random.normal());
    network.layers.push_back({.weights = PanelMatrix(weights), .bias = Matrix::Zero(1, units)});
    fan_in = units;
  }
  if (config.softmax_rate == 0.0) return network;
  network.softmax.bias = Matrix::Zero(1, kLabels);
  for (std::size_t index = 0; index < config.layers.size(); ++index)
    network.softmax.weights.emplace_back(network.counted(index) ? config.layers[index] : 0,
                                         kLabels);
  return network;
}

std::int64_t SoftmaxLayer::size() const {
  std::int64_t size = bias.size();
  for (const PanelMatrix& part : weights) size += part.size();
  return size;
}

void image_product(const DenseLayer& first, const Matrix& pixels, Workspace& work,
                   Matrix& product) {
  product.resize(pixels.rows(), first.units());
  multiply(pack_rows(pixels, Zeros::kSkip, work), first.weights, plain(product));
}

namespace {

// Weighted sums of layer 1, and what shall be done with each row of them while it is at hand.
template <class Row>
void weigh_rows(const DenseLayer& first, const LabelledImages& images, Workspace& work,
                Vector& input_scale, Eigen::Ref<Matrix> sums, const Row& finish) {
  const Matrix& product = images.product;
  const float strength = images.strength;
  const auto inputs = static_cast<float>(first.inputs());
  first.weights.copy_top_rows(kLabels, work.label_weights);
  work.neutral_sums = (strength / kLabels) * work.label_weights.colwise().sum();
  input_scale.resize(sums.rows());
  over_rows(sums.rows(), [&](Eigen::Index row) {
    const int label = images.labels[static_cast<std::size_t>(row)];
    const Eigen::Index image = row % product.rows();
    const float label_square = strength * strength / (label == kNeutral ? kLabels : 1);
    const float square = std::max(images.batch.square_sum[image] + label_square, kLeastSquare);
    const float scale = std::sqrt(inputs / square);
    input_scale[row] = scale;
    auto units = sums.row(row);
    if (label == kNeutral)
      units = scale * (product.row(image) + work.neutral_sums) + first.bias;
    else
      units = scale * (product.row(image) + strength * work.label_weights.row(label)) + first.bias;
    finish(row);
  });
}

// Weighted sums of a later layer: the input's direction times the weights, plus the bias.
kernels::ForwardOutput weighted_sums(const DenseLayer& layer, const Activity& input,
                                     Workspace& work, float* sums) {
  at_least(work.bias, layer.weights.panels() * kernels::chosen().columns);
  kernels::chosen().pack_panels(layer.bias.data(), layer.units(), 1, layer.units(),
                                work.bias.data());
  return {.values = sums,
          .columns = layer.units(),
          .scale = input.scale.data(),
          .bias = work.bias.data(),
          .rectify = false,
          .square_sums = nullptr};
}

}  // namespace

void forward_labelled(const Network& network, const LabelledImages& images, Workspace& work,
                      Vector& input_scale, Activity& activity) {
  const DenseLayer& first = network.layers.front();
  const Activation& kind = activation(network.config.activation);
  const float lowest = kind.apply == nullptr ? 0.0F : -std::numeric_limits<float>::infinity();
  activity.resize(static_cast<Eigen::Index>(images.labels.size()), first.units());
  weigh_rows(first, images, work, input_scale, activity.units(), [&](Eigen::Index row) {
    auto units = activity.units().row(row);
    units = units.cwiseMax(lowest);
    activity.square_sum[row] = units.squaredNorm();
  });
  if (kind.apply != nullptr) activate(kind, activity);
  activity.normalise();
}

void weigh_labelled(const DenseLayer& first, const LabelledImages& images, Workspace& work,
                    Vector& input_scale, const Eigen::Ref<Matrix>& sums) {
  weigh_rows(first, images, work, input_scale, sums, [](Eigen::Index) {});
}

void forward_hidden(const Network& network, std::size_t index, const Activity& input,
                    Workspace& work, Activity& activity) {
  const DenseLayer& layer = network.layers[index];
  const Activation& kind = activation(network.config.activation);
  const Eigen::Index rows = input.units().rows();
  const Eigen::Index panels = layer.weights.panels();
  at_least(work.panel_sums, panels * rows);
  activity.resize(rows, layer.units());
  kernels::ForwardOutput out = weighted_sums(layer, input, work, activity.units().data());
  out.rectify = kind.apply == nullptr;
  out.square_sums = work.panel_sums.data();
  multiply(pack_rows(input.units(), Zeros::kKeep, work), layer.weights, out);
  activity.square_sum =
      Eigen::Map<const Eigen::MatrixXf>(work.panel_sums.data(), rows, panels).rowwise().sum();
  if (kind.apply != nullptr) activate(kind, activity);
  activity.normalise();
}

void weigh_hidden(const DenseLayer& layer, const Activity& input, Workspace& work,
                  Eigen::Ref<Matrix> sums) {
  multiply(pack_rows(input.units(), Zeros::kKeep, work), layer.weights,
           weighted_sums(layer, input, work, sums.data()));
}

const Activity& seen_by(const Network& network, std::size_t index, const Activity& previous,
                        Workspace& work) {
  if (static_cast<int>(index) != network.config.black_box) return previous;
  black_box(previous, work.boxed);
  return work.boxed;
}

void forward(const Network& network, std::size_t index, const LabelledImages& images,
             const Activity& previous, Workspace& work, Vector& input_scale, Activity& activity) {
  if (index == 0)
    forward_labelled(network, images, work, input_scale, activity);
  else
    forward_hidden(network, index, seen_by(network, index, previous, work), work, activity);
}

void add_logits(const PanelMatrix& weights, const Activity& activity, Workspace& work,
                Matrix& logits) {
  work.logits.resize(logits.rows(), logits.cols());
  multiply(pack_rows(activity.units(), Zeros::kKeep, work), weights, plain(work.logits));
  logits += activity.scale.asDiagonal() * work.logits;
}

namespace {

// What falls on the label pixels of one panel. A neutral row has a tenth of a label in each.
void sum_labels(const LabelledImages& images, const Vector& input_scale, ConstPanelView delta,
                PanelView gradient) {
  gradient.setZero();
  for (Eigen::Index row = 0; row < delta.rows(); ++row) {
    const int label = images.labels[static_cast<std::size_t>(row)];
    const float factor = images.strength * input_scale[row];
    if (label == kNeutral)
      gradient.rowwise() += (factor / kLabels) * delta.row(row);
    else
      gradient.row(label) += factor * delta.row(row);
  }
}

}  // namespace

void learn_labelled(const LabelledImages& images, const Vector& input_scale,
                    const PanelMatrix& delta, const OptimiserStep& step, Workspace& work,
                    PanelMatrix& weights, PanelMoments& moments) {
  const Matrix& pixels = images.batch.pixels;
  const Eigen::Index count = std::min(pixels.rows(), delta.rows());
  work.shared.resize(count, delta.cols());
  work.label_gradient.resize(kLabels, delta.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto here = delta.view(panel);
    auto shared = work.shared.view(panel);
    shared = input_scale.head(count).asDiagonal() * here.topRows(count);
    for (Eigen::Index row = count; row < here.rows(); row += count)
      shared += input_scale.segment(row, count).asDiagonal() * here.middleRows(row, count);
    if (images.strength != 0.0F)
      sum_labels(images, input_scale, here, work.label_gradient.view(panel));
  });
  learn(pack_transposed(pixels.topRows(count), nullptr, Zeros::kSkip, work), work.shared,
        images.strength == 0.0F ? nullptr : &work.label_gradient, step, weights, moments);
}

void learn_hidden(const Activity& previous, const PanelMatrix& delta, const OptimiserStep& step,
                  Workspace& work, PanelMatrix& weights, PanelMoments& moments) {
  learn(pack_transposed(previous.units(), &previous.scale, Zeros::kKeep, work), delta, nullptr,
        step, weights, moments);
}

void learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Workspace& work, Matrix& bias,
                Moments& moments) {
  at_least(work.column_sums, delta.cols());
  Eigen::Map<RowVector> sums(work.column_sums.data(), delta.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta.units(panel);
    sums.segment(first, count) = delta.view(panel).colwise().sum();
  });
  update(step.without_decay(), sums, bias, moments);
}

void learn_layer(std::size_t index, const LabelledImages& images, const Activity& previous,
                 const Vector& input_scale, const PanelMatrix& delta, const OptimiserStep& step,
                 Workspace& work, Network& network, LayerMoments& moments) {
  PanelMatrix& weights = network.layers[index].weights;
  if (index == 0)
    learn_labelled(images, input_scale, delta, step, work, weights, moments.weights);
  else
    learn_hidden(seen_by(network, index, previous, work), delta, step, work, weights,
                 moments.weights);
  learn_bias(delta, step, work, network.layers[index].bias, moments.bias);
}

void softmax_rows(Matrix& logits) {
  for (Eigen::Index row = 0; row < logits.rows(); ++row) {
    auto values = logits.row(row).array();
    values = (values - values.maxCoeff()).exp();
    values /= values.sum();
  }
}

}  // namespace ff
