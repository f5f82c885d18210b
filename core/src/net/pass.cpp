#include "ff/pass.hpp"

#include <cmath>
#include <limits>

#include "../rows.hpp"
#include "ff/activation.hpp"
#include "ff/black_box.hpp"
#include "products.hpp"

namespace ff {
namespace {

// An image without ink or label has no direction; it stays 0 instead of becoming NaN.
constexpr float kLeastSquare = 1e-12F;

// In place of the ReLU, which the products have left out.
void activate(const Activation& kind, Activity& activity) {
  activity.add_slopes();
  over_rows(activity.units().rows(), [&](Eigen::Index row) {
    kind.apply(activity.units().row(row), activity.slopes().row(row));
    activity.square_sum[row] = activity.units().row(row).squaredNorm();
  });
}

Seen seen_by_set(const ReceptiveFields& fields, Eigen::Index set) {
  return {.columns = fields.columns_of(set), .count = fields.seen_by(set)};
}

Eigen::Map<Matrix> reserve(AlignedFloats& memory, Eigen::Index rows, Eigen::Index columns) {
  at_least(memory, rows * columns);
  return {memory.data(), rows, columns};
}

}  // namespace

void Pass::start(const Batch& batch) {
  batch_ = &batch;
  product_version_ = 0;
}

void Pass::label(std::span<const int> labels) { labels_.assign(labels.begin(), labels.end()); }

void Pass::label_neutral() { labels_.assign(batch_->labels.size(), kNeutral); }

const Activity& Pass::seen(const Network& network, std::size_t index, const Activity& previous) {
  if (static_cast<int>(index) != network.config.black_box) return previous;
  black_box(previous, boxed_);
  return boxed_;
}

// ---- Layer 1 --------------------------------------------------------------------------------

// Rows that show the same picture, or carry the same label, share their product. Columns that are 0
// in neighbouring rows cost nothing.
void Pass::multiply_batch(const ReceptiveFields& fields, const PanelMatrix& weights,
                          Matrix& product) {
  product.resize(batch_->rows.rows(), weights.cols());
  for (Eigen::Index set = 0; set < fields.sets(); ++set)
    multiply(pack_rows(batch_->rows, seen_by_set(fields, set), Zeros::kSkip, left_), weights, set,
             plain(product));
}

// What brings a labelled picture to mean square 1.
float Pass::input_scale(const RowFormat& format, Eigen::Index row) const {
  const Batch& batch = *batch_;
  const Eigen::Index picture = row % batch.square_sum.size();
  float square = batch.square_sum[picture];
  if (format.strength != 0.0F) {
    const Eigen::Index code =
        code_of(labels_[static_cast<std::size_t>(row)], batch.code_squares.size());
    const float overlap = batch.overlap.size() > 0 ? 2.0F * batch.overlap(picture, code) : 0.0F;
    square += format.strength * (format.strength * batch.code_squares[code] + overlap);
  }
  return std::sqrt(static_cast<float>(batch.rows.cols()) / std::max(square, kLeastSquare));
}

// Weighted sums of layer 1, and what shall be done with each row of them while it is at hand.
template <class Row>
void Pass::weigh_batch(const RowFormat& format, const Layer& first, const Matrix& product,
                       Eigen::Ref<Matrix> sums, const Row& finish) {
  const Eigen::Index pictures = batch_->square_sum.size();
  over_rows(sums.rows(), [&](Eigen::Index row) {
    const Eigen::Index picture = row % pictures;
    const float scale = input_scale(format, row);
    auto units = sums.row(row);
    if (format.strength == 0.0F) {
      units = scale * product.row(picture) + first.bias.flat();
    } else {
      const int label = labels_[static_cast<std::size_t>(row)];
      const auto code = product.row(pictures + code_of(label, product.rows() - pictures));
      units = scale * (product.row(picture) + format.strength * code) + first.bias.flat();
    }
    finish(row);
  });
}

namespace {

// The scaled delta of one panel, summed over the rows that carry each label.
void sum_by_code(std::span<const int> labels, float strength, const Vector& input_scale,
                 ConstPanelView delta, Eigen::Ref<Matrix, 0, Eigen::OuterStride<>> sums) {
  sums.setZero();
  for (Eigen::Index row = 0; row < delta.rows(); ++row) {
    const int label = labels[static_cast<std::size_t>(row)];
    sums.row(code_of(label, sums.rows())) += strength * input_scale[row] * delta.row(row);
  }
}

}  // namespace

// Every picture and every code is taken once, with the scaled delta of all the rows that show the
// one or carry the other.
void Pass::learn_batch(const RowFormat& format, const ReceptiveFields& fields,
                       const PanelMatrix& delta, const OptimiserStep& step, Parameter& weights) {
  const Eigen::Index codes = format.strength == 0.0F ? 0 : batch_->code_squares.size();
  const Eigen::Index count = std::min(batch_->square_sum.size(), delta.rows());
  input_scale_.resize(delta.rows());
  for (Eigen::Index row = 0; row < delta.rows(); ++row)
    input_scale_[row] = input_scale(format, row);
  shared_.resize(count + codes, delta.cols(), delta.sets());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto here = delta.view(panel);
    auto shared = shared_.view(panel);
    auto pictures = shared.topRows(count);
    pictures = input_scale_.head(count).asDiagonal() * here.topRows(count);
    for (Eigen::Index row = count; row < here.rows(); row += count)
      pictures += input_scale_.segment(row, count).asDiagonal() * here.middleRows(row, count);
    if (codes > 0)
      sum_by_code(labels_, format.strength, input_scale_, here, shared.bottomRows(codes));
  });
  const auto rows = batch_->rows.topRows(count + codes);
  for (Eigen::Index set = 0; set < fields.sets(); ++set)
    ff::learn(pack_transposed(rows, seen_by_set(fields, set), nullptr, Zeros::kSkip, left_),
              shared_, set, step, weights);
}

// ---- Later layers ---------------------------------------------------------------------------

// Weighted sums of a later layer: its input's direction times the weights, plus the bias.
void Pass::weigh_below(const ReceptiveFields& fields, const Layer& layer, const Activity& input,
                       bool rectify, float* square_sums, Eigen::Ref<Matrix> sums) {
  const PanelMatrix& weights = layer.weights;
  const PanelMatrix* bias = &layer.bias;
  if (fields.sets() > 1) {
    bias_.resize(1, weights.cols(), fields.sets());
    for (Eigen::Index panel = 0; panel < bias_.panels(); ++panel) {
      const auto [first, count] = bias_.units(panel);
      bias_.view(panel) = layer.bias.flat().segment(first, count);
    }
    bias = &bias_;
  }
  const kernels::ForwardOutput out{.values = sums.data(),
                                   .stride = sums.cols(),
                                   .columns = sums.cols(),
                                   .scale = input.scale.data(),
                                   .bias = bias->panel(0),
                                   .rectify = rectify,
                                   .square_sums = square_sums};
  for (Eigen::Index set = 0; set < fields.sets(); ++set)
    multiply(pack_rows(input.units(), seen_by_set(fields, set), Zeros::kKeep, left_), weights, set,
             out);
}

void Pass::learn_below(const ReceptiveFields& fields, const Activity& input,
                       const PanelMatrix& delta, const OptimiserStep& step, Parameter& weights) {
  for (Eigen::Index set = 0; set < fields.sets(); ++set)
    ff::learn(
        pack_transposed(input.units(), seen_by_set(fields, set), &input.scale, Zeros::kKeep, left_),
        delta, set, step, weights);
}

// ---- Any layer ------------------------------------------------------------------------------

void Pass::forward(const Network& network, std::size_t index, const Activity& previous,
                   Activity& activity) {
  const Layer& layer = network.layers[index];
  const Activation& kind = activation(network.config.activation);
  const bool rectify = kind.apply == nullptr;
  activity.resize(rows(), layer.units());
  if (index == 0) {
    if (product_version_ != layer.weights.version)
      multiply_batch(layer.fields, layer.weights, product_);
    product_version_ = layer.weights.version;
    const float lowest = rectify ? 0.0F : -std::numeric_limits<float>::infinity();
    weigh_batch(network.format, layer, product_, activity.units(), [&](Eigen::Index row) {
      auto units = activity.units().row(row);
      units = units.cwiseMax(lowest);
      activity.square_sum[row] = units.squaredNorm();
    });
  } else {
    const Eigen::Index panels = layer.weights.panels();
    at_least(panel_sums_, panels * rows());
    std::fill(panel_sums_.begin(), panel_sums_.end(), 0.0F);  // sets may have an empty panel
    weigh_below(layer.fields, layer, seen(network, index, previous), rectify, panel_sums_.data(),
                activity.units());
    activity.square_sum =
        Eigen::Map<const Eigen::MatrixXf>(panel_sums_.data(), rows(), panels).rowwise().sum();
  }
  if (!rectify) activate(kind, activity);
  activity.normalise();
}

void Pass::weigh(const Network& network, std::size_t index, const Layer& along,
                 const Activity& previous, const Eigen::Ref<Matrix>& sums) {
  const ReceptiveFields& fields = network.layers[index].fields;
  if (index > 0)
    return weigh_below(fields, along, seen(network, index, previous), false, nullptr, sums);
  multiply_batch(fields, along.weights, product_along_);
  weigh_batch(network.format, along, product_along_, sums, [](Eigen::Index) {});
}

void Pass::learn(std::size_t index, const Activity& previous, const PanelMatrix& delta,
                 const OptimiserStep& step, Network& network) {
  Layer& layer = network.layers[index];
  if (index == 0)
    learn_batch(network.format, layer.fields, delta, step, layer.weights);
  else
    learn_below(layer.fields, seen(network, index, previous), delta, step, layer.weights);
  learn_bias(delta, step, layer.bias);
}

void Pass::add_product(const ReceptiveFields& fields, const PanelMatrix& weights,
                       const Eigen::Ref<const Matrix>& left, Eigen::Ref<Matrix> sums) {
  auto product = reserve(whole_, sums.rows(), sums.cols());
  for (Eigen::Index set = 0; set < fields.sets(); ++set)
    multiply(pack_rows(left, seen_by_set(fields, set), Zeros::kKeep, left_), weights, set,
             plain(product));
  sums += product;
}

void Pass::derive_below(const ReceptiveFields& fields, const PanelMatrix& weights,
                        const Eigen::Ref<const Matrix>& gradient, Eigen::Ref<Matrix> below) {
  if (fields.inputs.empty()) {
    transpose(weights, 0, transposed_);
    multiply(
        pack_rows(gradient, {.columns = nullptr, .count = gradient.cols()}, Zeros::kKeep, left_),
        transposed_, 0, plain(below));
    return;
  }
  below.setZero();
  for (Eigen::Index set = 0; set < fields.sets(); ++set) {
    const auto [first, count] = weights.units_of_set(set);
    transpose(weights, set, transposed_);
    auto seen = reserve(whole_, gradient.rows(), transposed_.cols());
    multiply(pack_rows(gradient.middleCols(first, count), {.columns = nullptr, .count = count},
                       Zeros::kKeep, left_),
             transposed_, 0, plain(seen));
    const std::uint32_t* columns = fields.columns_of(set);
    over_rows(below.rows(), [&](Eigen::Index row) {
      for (Eigen::Index place = 0; place < fields.seen_by(set); ++place)
        below(row, columns[place]) += seen(row, place);
    });
  }
}

void Pass::add_logits(const PanelMatrix& weights, const Activity& activity, Matrix& logits) {
  auto product = reserve(whole_, logits.rows(), logits.cols());
  multiply(pack_rows(activity.units(), {.columns = nullptr, .count = weights.rows()}, Zeros::kKeep,
                     left_),
           weights, 0, plain(product));
  logits += activity.scale.asDiagonal() * product;
}

void Pass::learn_logits(const Activity& activity, const PanelMatrix& delta,
                        const OptimiserStep& step, Parameter& weights) {
  learn_below({.columns = weights.rows()}, activity, delta, step, weights);
}

void Pass::learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Parameter& bias) {
  column_sums_.resize(1, delta.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta.units(panel);
    column_sums_.flat().segment(first, count) = delta.view(panel).colwise().sum();
  });
  update(step.without_decay(), 1.0F, column_sums_, bias);
}

void softmax_rows(Matrix& logits) {
  for (Eigen::Index row = 0; row < logits.rows(); ++row) {
    auto values = logits.row(row).array();
    values = (values - values.maxCoeff()).exp();
    values /= values.sum();
  }
}

}  // namespace ff
