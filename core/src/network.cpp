#include "ff/network.hpp"

#include <cmath>

#include "ff/random.hpp"
#include "kernels.hpp"

namespace ff {
namespace {

// A row of silent units has no direction; it stays 0 instead of becoming NaN.
constexpr float kSmallestMeanSquare = 1e-8F;

void measure_scale(Activity& activity) {
  const auto units = static_cast<float>(activity.units.cols());
  activity.scale = (activity.square_sum.array() / units + kSmallestMeanSquare).rsqrt();
}

// Only ever grows, so that steps after the first allocate nothing.
template <class Buffer>
void at_least(Buffer& buffer, Eigen::Index size) {
  if (static_cast<Eigen::Index>(buffer.size()) < size)
    buffer.resize(static_cast<std::size_t>(size));
}

Eigen::Index tiles(Eigen::Index rows) {
  return (rows + kernels::best().rows - 1) / kernels::best().rows;
}

enum class Zeros { kSkip, kKeep };

// The left side of a product: `matrix`, or its transpose, packed into the working memory.
kernels::PackedRows pack_left(const Matrix& matrix, bool transposed, Zeros zeros, Workspace& work) {
  const kernels::Set& kernel = kernels::best();
  const Eigen::Index rows = transposed ? matrix.cols() : matrix.rows();
  const Eigen::Index depth = transposed ? matrix.rows() : matrix.cols();
  at_least(work.left, tiles(rows) * kernel.rows * depth);
  if (zeros == Zeros::kSkip) {
    at_least(work.index, tiles(rows) * depth);
    at_least(work.kept, tiles(rows));
  }
  std::uint32_t* index = zeros == Zeros::kSkip ? work.index.data() : nullptr;
  std::uint32_t* kept = zeros == Zeros::kSkip ? work.kept.data() : nullptr;
  (transposed ? kernel.pack_transposed : kernel.pack_rows)(matrix.data(), matrix.cols(), rows,
                                                           depth, work.left.data(), index, kept);
  return {.values = work.left.data(), .index = index, .kept = kept, .rows = rows, .depth = depth};
}

const float* pack_right(const Matrix& matrix, Vector& buffer) {
  const kernels::Set& kernel = kernels::best();
  const Eigen::Index panels = (matrix.cols() + kernel.columns - 1) / kernel.columns;
  at_least(buffer, panels * kernel.columns * matrix.rows());
  kernel.pack_panels(matrix.data(), matrix.cols(), matrix.rows(), matrix.cols(), buffer.data());
  return buffer.data();
}

void ensure_shape(const PanelMatrix& weights, PanelMatrix& moment) {
  if (moment.size() != weights.size()) moment = PanelMatrix(weights.rows(), weights.cols());
}

// left [inputs x rows] times delta [rows x units] is the gradient; it never reaches memory.
void learn(const kernels::PackedRows& left, const Matrix& delta, const float* label_panels,
           const OptimiserStep& step, Workspace& work, DenseLayer& layer, PanelMoments& moments) {
  ensure_shape(layer.weights, moments.first);
  if (step.kind == OptimiserKind::kAdam) ensure_shape(layer.weights, moments.second);
  const float* right = pack_right(delta, work.right);
  kernels::best().update(left, right, 0, layer.weights.panels(), step,
                         {.weights = layer.weights.panel(0),
                          .first = moments.first.panel(0),
                          .second = moments.second.panel(0),
                          .extra = label_panels,
                          .extra_rows = label_panels == nullptr ? 0 : kLabels});
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
    Matrix weights(fan_in, units);
    for (float& weight : weights.reshaped<Eigen::RowMajor>())
      weight = static_cast<float>(deviation * random.normal());
    network.layers.push_back({.weights = PanelMatrix(weights), .bias = Matrix::Zero(1, units)});
    if (network.counted(index)) features += units;
    fan_in = units;
  }
  if (config.softmax_rate > 0.0)
    network.softmax = {.weights = Matrix::Zero(features, kLabels),
                       .bias = Matrix::Zero(1, kLabels)};
  return network;
}

void image_product(const DenseLayer& first, const Matrix& pixels, Workspace& work,
                   Matrix& product) {
  product.resize(pixels.rows(), first.units());
  kernels::best().forward(pack_left(pixels, false, Zeros::kSkip, work), first.weights.panel(0), 0,
                          first.weights.panels(),
                          {.values = product.data(),
                           .columns = product.cols(),
                           .scale = nullptr,
                           .bias = nullptr,
                           .square_sums = nullptr});
}

void forward_labelled(const DenseLayer& first, const Matrix& product, const Batch& batch,
                      std::span<const int> labels, float strength, Vector& input_scale,
                      Activity& activity) {
  const Eigen::Index images = product.rows();
  const auto rows = static_cast<Eigen::Index>(labels.size());
  const Matrix label_weights = first.weights.top_rows(kLabels);
  const RowVector neutral = label_pixels(kNeutral, strength) * label_weights;
  activity.units.resize(rows, first.units());
  activity.square_sum.resize(rows);
  input_scale.resize(rows);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const int label = labels[static_cast<std::size_t>(row)];
    const Eigen::Index image = row % images;
    const float label_square = strength * strength / (label == kNeutral ? kLabels : 1);
    const float scale =
        std::sqrt(static_cast<float>(first.inputs()) / (batch.square_sum[image] + label_square));
    input_scale[row] = scale;
    auto sums = activity.units.row(row);
    if (label == kNeutral)
      sums = scale * (product.row(image) + neutral) + first.bias;
    else
      sums = scale * (product.row(image) + strength * label_weights.row(label)) + first.bias;
    sums = sums.cwiseMax(0.0F);
    activity.square_sum[row] = sums.squaredNorm();
  }
  measure_scale(activity);
}

void forward_hidden(const DenseLayer& layer, const Activity& previous, Workspace& work,
                    Activity& activity) {
  const Eigen::Index rows = previous.units.rows();
  const Eigen::Index panels = layer.weights.panels();
  const float* bias = pack_right(layer.bias, work.bias);
  at_least(work.panel_sums, panels * rows);
  activity.units.resize(rows, layer.units());
  kernels::best().forward(pack_left(previous.units, false, Zeros::kKeep, work),
                          layer.weights.panel(0), 0, panels,
                          {.values = activity.units.data(),
                           .columns = layer.units(),
                           .scale = previous.scale.data(),
                           .bias = bias,
                           .square_sums = work.panel_sums.data()});
  activity.square_sum =
      Eigen::Map<const Eigen::MatrixXf>(work.panel_sums.data(), rows, panels).rowwise().sum();
  measure_scale(activity);
}

void learn_labelled(const Batch& batch, std::span<const int> labels, float strength,
                    const Vector& input_scale, const Matrix& delta, const OptimiserStep& step,
                    Workspace& work, DenseLayer& first, PanelMoments& moments) {
  const Eigen::Index images = batch.pixels.rows();
  work.scaled.noalias() = input_scale.head(images).asDiagonal() * delta.topRows(images);
  for (Eigen::Index row = images; row < delta.rows(); row += images)
    work.scaled += input_scale.segment(row, images).asDiagonal() * delta.middleRows(row, images);
  work.label_gradient.setZero(kLabels, delta.cols());
  for (Eigen::Index row = 0; row < delta.rows(); ++row)
    work.label_gradient.row(labels[static_cast<std::size_t>(row)]) +=
        (strength * input_scale[row]) * delta.row(row);
  const float* label_panels = pack_right(work.label_gradient, work.label_panels);
  learn(pack_left(batch.pixels, true, Zeros::kSkip, work), work.scaled, label_panels, step, work,
        first, moments);
}

void learn_hidden(const Activity& previous, const Matrix& delta, const OptimiserStep& step,
                  Workspace& work, DenseLayer& layer, PanelMoments& moments) {
  work.scaled.noalias() = previous.scale.asDiagonal() * delta;
  learn(pack_left(previous.units, true, Zeros::kKeep, work), work.scaled, nullptr, step, work,
        layer, moments);
}

void softmax_rows(Matrix& logits) {
  logits.colwise() -= logits.rowwise().maxCoeff().eval();
  logits = logits.array().exp();
  logits.array().colwise() /= logits.rowwise().sum().eval().array();
}

}  // namespace ff
