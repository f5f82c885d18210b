#include "ff/network.hpp"

#include <cmath>

#include "ff/random.hpp"

namespace ff {
namespace {

// A row of silent units has no direction; it stays 0 instead of becoming NaN.
constexpr float kSmallestMeanSquare = 1e-8F;

void measure_scale(Activity& activity) {
  const auto units = static_cast<float>(activity.units.cols());
  activity.scale = (activity.units.rowwise().squaredNorm().array() / units + kSmallestMeanSquare)
                       .rsqrt();
}

}  // namespace

Network make_network(const Config& config, int inputs) {
  Network network{.config = config, .layers = {}, .softmax = {}};
  int features = 0;
  int fan_in = inputs;
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    const int units = config.layers[index];
    Random random(config.seed, RandomUse::kWeights, index);
    const double deviation = 1.0 / std::sqrt(static_cast<double>(fan_in));
    DenseLayer layer{.weights = Matrix(fan_in, units), .bias = Matrix::Zero(1, units)};
    for (float& weight : layer.weights.reshaped<Eigen::RowMajor>())
      weight = static_cast<float>(deviation * random.normal());
    network.layers.push_back(std::move(layer));
    if (network.counted(index)) features += units;
    fan_in = units;
  }
  if (config.softmax_rate > 0.0)
    network.softmax = {.weights = Matrix::Zero(features, kLabels),
                       .bias = Matrix::Zero(1, kLabels)};
  return network;
}

void image_product(const DenseLayer& first, const Matrix& pixels, Matrix& product) {
  product.noalias() = pixels * first.weights;
}

void forward_labelled(const DenseLayer& first, const Matrix& product, const Batch& batch,
                      std::span<const int> labels, float strength, Vector& input_scale,
                      Activity& activity) {
  const Eigen::Index images = product.rows();
  const auto rows = static_cast<Eigen::Index>(labels.size());
  const RowVector neutral = label_pixels(kNeutral, strength) * first.weights.topRows(kLabels);
  const float neutral_square = strength * strength / kLabels;
  activity.units.resize(rows, first.units());
  input_scale.resize(rows);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const int label = labels[static_cast<std::size_t>(row)];
    const Eigen::Index image = row % images;
    const float label_square = label == kNeutral ? neutral_square : strength * strength;
    const float scale = std::sqrt(static_cast<float>(first.inputs()) /
                                  (batch.square_sum[image] + label_square));
    input_scale[row] = scale;
    auto sums = activity.units.row(row);
    if (label == kNeutral)
      sums = scale * (product.row(image) + neutral) + first.bias;
    else
      sums = scale * (product.row(image) + strength * first.weights.row(label)) + first.bias;
    sums = sums.cwiseMax(0.0F);
  }
  measure_scale(activity);
}

void forward_hidden(const DenseLayer& layer, const Activity& previous, Activity& activity) {
  activity.units.noalias() = previous.units * layer.weights;
  for (Eigen::Index row = 0; row < activity.units.rows(); ++row) {
    auto sums = activity.units.row(row);
    sums = (previous.scale[row] * sums + layer.bias).cwiseMax(0.0F);
  }
  measure_scale(activity);
}

void gradient_labelled(const Batch& batch, std::span<const int> labels, float strength,
                       const Vector& input_scale, const Matrix& delta, Matrix& summed,
                       Matrix& gradient) {
  const Eigen::Index images = batch.pixels.rows();
  summed.noalias() = input_scale.head(images).asDiagonal() * delta.topRows(images);
  for (Eigen::Index row = images; row < delta.rows(); row += images)
    summed += input_scale.segment(row, images).asDiagonal() * delta.middleRows(row, images);
  gradient.noalias() = batch.pixels.transpose() * summed;
  for (Eigen::Index row = 0; row < delta.rows(); ++row)
    gradient.row(labels[static_cast<std::size_t>(row)]) +=
        (strength * input_scale[row]) * delta.row(row);
}

void gradient_hidden(const Activity& previous, const Matrix& delta, Matrix& scaled,
                     Matrix& gradient) {
  scaled.noalias() = previous.scale.asDiagonal() * delta;
  gradient.noalias() = previous.units.transpose() * scaled;
}

void softmax_rows(Matrix& logits) {
  logits.colwise() -= logits.rowwise().maxCoeff().eval();
  logits = logits.array().exp();
  logits.array().colwise() /= logits.rowwise().sum().eval().array();
}

}  // namespace ff
