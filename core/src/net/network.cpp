#include "ff/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "ff/activation.hpp"
#include "ff/black_box.hpp"
#include "ff/fields.hpp"
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

Network make_network(const Config& config, const Shape& shape, std::vector<std::string> classes) {
  RowFormat format = row_format(config, shape, classes.size());
  Eigen::Index fan_in = format.columns();
  Network network{.config = in_effect(config),
                  .shape = shape,
                  .classes = std::move(classes),
                  .format = std::move(format),
                  .layers = {},
                  .softmax = {}};
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    const int units = config.layers[index];
    Random random(config.seed, RandomUse::kWeights, index);
    const double deviation = 1.0 / std::sqrt(static_cast<double>(fan_in));
    Matrix weights(fan_in, units);
    for (float& weight : weights.reshaped<Eigen::RowMajor>())
      weight = static_cast<float>(deviation * random.normal());
    network.layers.push_back({.weights = Parameter(weights), .bias = Parameter(1, units)});
    fan_in = units;
  }
  if (config.softmax_rate == 0.0) return network;
  network.softmax.bias = Parameter(1, network.labels());
  for (std::size_t index = 0; index < config.layers.size(); ++index)
    network.softmax.weights.emplace_back(network.counted(index) ? config.layers[index] : 0,
                                         network.labels());
  return network;
}

std::string misfit(const Network& network, const Dataset& images) {
  if (images.shape != network.shape)
    return "images are " + in_words(images.shape) + " pixels, " + in_words(network.shape) +
           " as of those the net learns from were expected.";
  const auto lacks = [](const std::vector<std::string>& classes, const std::string& name) {
    return std::ranges::find(classes, name) == classes.end();
  };
  for (const std::string& name : images.classes)
    if (lacks(network.classes, name))
      return "images are of a class that the net does not know, " + name + ".";
  for (const std::string& name : network.classes)
    if (lacks(images.classes, name)) return "images lack a class that the net knows, " + name + ".";
  return images.classes == network.classes ? "" : "images have their classes in another order.";
}

void image_product(const DenseLayer& first, const Batch& batch, Workspace& work, Matrix& product) {
  product.resize(batch.rows.rows(), first.units());
  multiply(pack_rows(batch.rows, Zeros::kSkip, work), first.weights, plain(product));
}

namespace {

// What brings a labelled picture to mean square 1.
float input_scale_of(const LabelledImages& images, Eigen::Index picture, int label) {
  const Batch& batch = images.batch;
  float square = batch.square_sum[picture];
  if (images.strength != 0.0F) {
    const Eigen::Index code = code_of(label, batch.code_squares.size());
    const float overlap = batch.overlap.size() > 0 ? 2.0F * batch.overlap(picture, code) : 0.0F;
    square += images.strength * (images.strength * batch.code_squares[code] + overlap);
  }
  return std::sqrt(static_cast<float>(batch.rows.cols()) / std::max(square, kLeastSquare));
}

// Weighted sums of layer 1, and what shall be done with each row of them while it is at hand.
template <class Row>
void weigh_rows(const DenseLayer& first, const LabelledImages& images, Vector& input_scale,
                Eigen::Ref<Matrix> sums, const Row& finish) {
  const Matrix& product = images.product;
  const Eigen::Index pictures = images.batch.square_sum.size();
  input_scale.resize(sums.rows());
  over_rows(sums.rows(), [&](Eigen::Index row) {
    const int label = images.labels[static_cast<std::size_t>(row)];
    const Eigen::Index picture = row % pictures;
    const float scale = input_scale_of(images, picture, label);
    input_scale[row] = scale;
    auto units = sums.row(row);
    if (images.strength == 0.0F) {
      units = scale * product.row(picture) + first.bias.flat();
    } else {
      const auto code = product.row(pictures + code_of(label, product.rows() - pictures));
      units = scale * (product.row(picture) + images.strength * code) + first.bias.flat();
    }
    finish(row);
  });
}

// Weighted sums of a later layer: the input's direction times the weights, plus the bias.
kernels::ForwardOutput weighted_sums(const DenseLayer& layer, const Activity& input, float* sums) {
  return {.values = sums,
          .columns = layer.units(),
          .scale = input.scale.data(),
          .bias = layer.bias.panel(0),
          .rectify = false,
          .square_sums = nullptr};
}

}  // namespace

void forward_labelled(const Network& network, const LabelledImages& images, Vector& input_scale,
                      Activity& activity) {
  const DenseLayer& first = network.layers.front();
  const Activation& kind = activation(network.config.activation);
  const float lowest = kind.apply == nullptr ? 0.0F : -std::numeric_limits<float>::infinity();
  activity.resize(static_cast<Eigen::Index>(images.labels.size()), first.units());
  weigh_rows(first, images, input_scale, activity.units(), [&](Eigen::Index row) {
    auto units = activity.units().row(row);
    units = units.cwiseMax(lowest);
    activity.square_sum[row] = units.squaredNorm();
  });
  if (kind.apply != nullptr) activate(kind, activity);
  activity.normalise();
}

void weigh_labelled(const DenseLayer& first, const LabelledImages& images, Vector& input_scale,
                    const Eigen::Ref<Matrix>& sums) {
  weigh_rows(first, images, input_scale, sums, [](Eigen::Index) {});
}

void forward_hidden(const Network& network, std::size_t index, const Activity& input,
                    Workspace& work, Activity& activity) {
  const DenseLayer& layer = network.layers[index];
  const Activation& kind = activation(network.config.activation);
  const Eigen::Index rows = input.units().rows();
  const Eigen::Index panels = layer.weights.panels();
  at_least(work.panel_sums, panels * rows);
  activity.resize(rows, layer.units());
  kernels::ForwardOutput out = weighted_sums(layer, input, activity.units().data());
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
           weighted_sums(layer, input, sums.data()));
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
    forward_labelled(network, images, input_scale, activity);
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

// The scaled delta of one panel, summed over the rows that carry each label.
void sum_by_code(const LabelledImages& images, const Vector& input_scale, ConstPanelView delta,
                 Eigen::Ref<Matrix, 0, Eigen::OuterStride<>> sums) {
  sums.setZero();
  for (Eigen::Index row = 0; row < delta.rows(); ++row) {
    const int label = images.labels[static_cast<std::size_t>(row)];
    sums.row(code_of(label, sums.rows())) += images.strength * input_scale[row] * delta.row(row);
  }
}

}  // namespace

void learn_labelled(const LabelledImages& images, const Vector& input_scale,
                    const PanelMatrix& delta, const OptimiserStep& step, Workspace& work,
                    Parameter& weights) {
  const Batch& batch = images.batch;
  const Eigen::Index codes = images.strength == 0.0F ? 0 : batch.code_squares.size();
  const Eigen::Index count = std::min(batch.square_sum.size(), delta.rows());
  work.shared.resize(count + codes, delta.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto here = delta.view(panel);
    auto shared = work.shared.view(panel);
    auto pictures = shared.topRows(count);
    pictures = input_scale.head(count).asDiagonal() * here.topRows(count);
    for (Eigen::Index row = count; row < here.rows(); row += count)
      pictures += input_scale.segment(row, count).asDiagonal() * here.middleRows(row, count);
    if (codes > 0) sum_by_code(images, input_scale, here, shared.bottomRows(codes));
  });
  learn(pack_transposed(batch.rows.topRows(count + codes), nullptr, Zeros::kSkip, work),
        work.shared, step, weights);
}

void learn_hidden(const Activity& previous, const PanelMatrix& delta, const OptimiserStep& step,
                  Workspace& work, Parameter& weights) {
  learn(pack_transposed(previous.units(), &previous.scale, Zeros::kKeep, work), delta, step,
        weights);
}

void learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Workspace& work,
                Parameter& bias) {
  work.column_sums.resize(1, delta.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    work.column_sums.view(panel) = delta.view(panel).colwise().sum();
  });
  update(step.without_decay(), 1.0F, work.column_sums, bias);
}

void learn_layer(std::size_t index, const LabelledImages& images, const Activity& previous,
                 const Vector& input_scale, const PanelMatrix& delta, const OptimiserStep& step,
                 Workspace& work, Network& network) {
  Parameter& weights = network.layers[index].weights;
  if (index == 0)
    learn_labelled(images, input_scale, delta, step, work, weights);
  else
    learn_hidden(seen_by(network, index, previous, work), delta, step, work, weights);
  learn_bias(delta, step, work, network.layers[index].bias);
}

void softmax_rows(Matrix& logits) {
  for (Eigen::Index row = 0; row < logits.rows(); ++row) {
    auto values = logits.row(row).array();
    values = (values - values.maxCoeff()).exp();
    values /= values.sum();
  }
}

}  // namespace ff
