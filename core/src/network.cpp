#include "ff/network.hpp"

#include <algorithm>
#include <cmath>

#include "ff/random.hpp"
#include "ff/threads.hpp"
#include "products.hpp"

namespace ff {
namespace {

// A row of silent units has no direction; it stays 0 instead of becoming NaN.
constexpr float kSmallestMeanSquare = 1e-8F;

void measure_scale(Activity& activity) {
  const auto units = static_cast<float>(activity.units().cols());
  activity.scale = (activity.square_sum.array() / units + kSmallestMeanSquare).rsqrt();
}

// Rows of a matrix that one thread takes at a time.
constexpr Eigen::Index kRows = 16;

// Calls row(index) for every one of them.
template <class Row>
void over_rows(Eigen::Index rows, const Row& row) {
  parallel_for((rows + kRows - 1) / kRows, [&](std::int64_t part) {
    const Eigen::Index first = static_cast<Eigen::Index>(part) * kRows;
    const Eigen::Index last = std::min(rows, first + kRows);
    for (Eigen::Index index = first; index < last; ++index) row(index);
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
  multiply(pack_rows(pixels, Zeros::kSkip, work), first.weights,
           {.values = product.data(),
            .columns = product.cols(),
            .scale = nullptr,
            .bias = nullptr,
            .square_sums = nullptr});
}

void forward_labelled(const DenseLayer& first, const Matrix& product, const Batch& batch,
                      std::span<const int> labels, float strength, Workspace& work,
                      Vector& input_scale, Activity& activity) {
  const auto rows = static_cast<Eigen::Index>(labels.size());
  const auto inputs = static_cast<float>(first.inputs());
  first.weights.copy_top_rows(kLabels, work.label_weights);
  work.neutral_sums = (strength / kLabels) * work.label_weights.colwise().sum();
  activity.resize(rows, first.units());
  input_scale.resize(rows);
  over_rows(rows, [&](Eigen::Index row) {
    const int label = labels[static_cast<std::size_t>(row)];
    const Eigen::Index image = row % product.rows();
    const float label_square = strength * strength / (label == kNeutral ? kLabels : 1);
    const float scale = std::sqrt(inputs / (batch.square_sum[image] + label_square));
    input_scale[row] = scale;
    auto units = activity.units().row(row);
    if (label == kNeutral)
      units = scale * (product.row(image) + work.neutral_sums) + first.bias;
    else
      units = scale * (product.row(image) + strength * work.label_weights.row(label)) + first.bias;
    units = units.cwiseMax(0.0F);
    activity.square_sum[row] = units.squaredNorm();
  });
  measure_scale(activity);
}

void forward_hidden(const DenseLayer& layer, const Activity& previous, Workspace& work,
                    Activity& activity) {
  const Eigen::Index rows = previous.units().rows();
  const Eigen::Index panels = layer.weights.panels();
  at_least(work.bias, panels * kernels::best().columns);
  kernels::best().pack_panels(layer.bias.data(), layer.units(), 1, layer.units(), work.bias.data());
  at_least(work.panel_sums, panels * rows);
  activity.resize(rows, layer.units());
  multiply(pack_rows(previous.units(), Zeros::kKeep, work), layer.weights,
           {.values = activity.units().data(),
            .columns = layer.units(),
            .scale = previous.scale.data(),
            .bias = work.bias.data(),
            .square_sums = work.panel_sums.data()});
  activity.square_sum =
      Eigen::Map<const Eigen::MatrixXf>(work.panel_sums.data(), rows, panels).rowwise().sum();
  measure_scale(activity);
}

void add_logits(const PanelMatrix& weights, const Activity& activity, Workspace& work,
                Matrix& logits) {
  work.logits.resize(logits.rows(), logits.cols());
  multiply(pack_rows(activity.units(), Zeros::kKeep, work), weights,
           {.values = work.logits.data(),
            .columns = work.logits.cols(),
            .scale = nullptr,
            .bias = nullptr,
            .square_sums = nullptr});
  logits += activity.scale.asDiagonal() * work.logits;
}

void learn_labelled(const Batch& batch, std::span<const int> labels, float strength,
                    const Vector& input_scale, const PanelMatrix& delta, const OptimiserStep& step,
                    Workspace& work, DenseLayer& first, PanelMoments& moments) {
  const Eigen::Index images = batch.pixels.rows();
  work.shared.resize(images, delta.cols());
  work.label_gradient.resize(kLabels, delta.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto here = delta.view(panel);
    auto shared = work.shared.view(panel);
    shared = input_scale.head(images).asDiagonal() * here.topRows(images);
    for (Eigen::Index row = images; row < here.rows(); row += images)
      shared += input_scale.segment(row, images).asDiagonal() * here.middleRows(row, images);
    auto label_gradient = work.label_gradient.view(panel);
    label_gradient.setZero();
    for (Eigen::Index row = 0; row < here.rows(); ++row)
      label_gradient.row(labels[static_cast<std::size_t>(row)]) +=
          (strength * input_scale[row]) * here.row(row);
  });
  learn(pack_transposed(batch.pixels, nullptr, Zeros::kSkip, work), work.shared,
        &work.label_gradient, step, first.weights, moments);
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

void softmax_rows(Matrix& logits) {
  for (Eigen::Index row = 0; row < logits.rows(); ++row) {
    auto values = logits.row(row).array();
    values = (values - values.maxCoeff()).exp();
    values /= values.sum();
  }
}

}  // namespace ff
