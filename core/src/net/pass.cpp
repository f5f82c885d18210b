#include "ff/pass.hpp"

#include "../layer/passing_on.hpp"
#include "../layer/products.hpp"
#include "../rows.hpp"
#include "ff/activation.hpp"
#include "ff/black_box.hpp"
#include "ff/random.hpp"

namespace ff {
namespace {

// In place of the ReLU, which the products have left out.
void activate(const Activation& kind, Activity& activity) {
  activity.add_slopes();
  over_rows(activity.units().rows(), [&](Eigen::Index row) {
    kind.apply(activity.units().row(row), activity.slopes().row(row));
    activity.square_sum[row] = activity.units().row(row).squaredNorm();
  });
}

Eigen::Map<Matrix> reserve(AlignedFloats& memory, Eigen::Index rows, Eigen::Index columns) {
  at_least(memory, rows * columns);
  return {memory.data(), rows, columns};
}

}  // namespace

// What a layer sees.
struct Pass::Rows {
  Eigen::Ref<const Matrix> values;
  const Vector& scale;
  Zeros zeros;
};

void Pass::start(const Batch& batch, const std::optional<Learning>& learning) {
  batch_ = &batch;
  learning_ = learning;
  product_version_ = 0;
}

void Pass::label(std::span<const int> labels) { labels_.assign(labels.begin(), labels.end()); }

void Pass::label_neutral(bool all_pictures) {
  const Eigen::Index count = all_pictures ? batch_->square_sum.size() : batch_->images();
  labels_.assign(static_cast<std::size_t>(count), kNeutral);
}

const Activity& Pass::seen(const Network& network, std::size_t index, const Activity& previous) {
  if (static_cast<int>(index) != network.config.black_box) return previous;
  black_box(previous, boxed_);
  return boxed_;
}

// The bias of every unit, which fields may share.
ConstRow Pass::bias_by_unit(const ReceptiveFields& fields, const Parameter& bias) {
  if (!fields.shared()) return bias.flat();
  auto by_unit = reserve(by_unit_, fields.count() / fields.sets(), bias.cols());
  by_unit.rowwise() = bias.flat();
  return {by_unit.data(), by_unit.size()};
}

namespace {

void learn_below(const Activity& input, const ReceptiveFields& fields, const PanelMatrix& delta,
                 const OptimiserStep& step, Parameter& weights, ProductMemory& memory) {
  learn(input.passed(), fields, &input.scale, Zeros::kKeep, delta, step, weights, memory);
}

}  // namespace

// Weighted sums: rows, each times its scale, times the weights, plus the bias.
void Pass::weigh_rows(const ReceptiveFields& fields, const Layer& layer, const Rows& input,
                      bool rectify, float* square_sums, Eigen::Ref<Matrix> sums) {
  const PanelMatrix* bias = &layer.bias;
  if (fields.count() > 1) {
    const ConstRow all = bias_by_unit(fields, layer.bias);
    bias_.resize(1, all.size(), fields.count());
    for (Eigen::Index panel = 0; panel < bias_.panels(); ++panel) {
      const auto [first, count] = bias_.units(panel);
      bias_.view(panel) = all.segment(first, count);
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
  multiply(input.values, fields, input.zeros, layer.weights, out, memory_);
}

// ---- Any layer ------------------------------------------------------------------------------

// Silences units drawn at random, and lets the others make up for them (Srivastava et al. 2014).
void Pass::drop_out(const Network& network, std::size_t index, Activity& activity) const {
  const Config& config = network.config;
  const auto least = static_cast<std::uint64_t>(config.dropout * 0x1p32);
  const auto gain = static_cast<float>(1.0 / (1.0 - config.dropout));
  activity.gain = gain;
  over_rows(activity.units().rows(), [&](Eigen::Index row) {
    const std::uint64_t layer = learning_->step * network.layers.size() + index;
    Random random(config.seed, RandomUse::kDropout, layer * activity.units().rows() + row);
    auto units = activity.units().row(row);
    for (Eigen::Index unit = 0; unit < units.size(); ++unit) {
      const float factor = random.bits() >> 32 < least ? 0.0F : gain;
      units[unit] *= factor;
      if (activity.has_slopes()) activity.slopes()(row, unit) *= factor;
    }
    activity.square_sum[row] = units.squaredNorm();
  });
}

void Pass::forward(const Network& network, std::size_t index, const Activity& previous,
                   Activity& activity) {
  const Layer& layer = network.layers[index];
  const Activation& kind = activation(network.config.activation);
  const bool rectify = kind.apply == nullptr;
  activity.resize(rows(), layer.units());
  if (index == 0 && !shows_pictures(network)) {
    forward_batch(network.format, layer, rectify, activity);
  } else {
    const Eigen::Index panels = layer.fields.count() * layer.weights.panels_in_set();
    at_least(panel_sums_, panels * rows());
    std::fill(panel_sums_.begin(), panel_sums_.end(), 0.0F);  // sets may have an empty panel
    if (index == 0) {
      scale_inputs(network.format, rows());
      weigh_rows(layer.fields, layer, {batch_->pictures(), input_scale_, Zeros::kSkip}, rectify,
                 panel_sums_.data(), activity.units());
    } else {
      const Activity& input = seen(network, index, previous);
      weigh_rows(layer.fields, layer, {input.passed(), input.scale, Zeros::kKeep}, rectify,
                 panel_sums_.data(), activity.units());
    }
    activity.square_sum =
        Eigen::Map<const Eigen::MatrixXf>(panel_sums_.data(), rows(), panels).rowwise().sum();
  }
  if (!rectify) activate(kind, activity);
  if (network.config.dropout > 0.0 && learns(layer)) drop_out(network, index, activity);
  pass_on(layer, learns(layer), activity);
  if (learns(layer) && layer.normalisation->of_batch) {
    figures_.resize(network.layers.size());
    figures_[index].mean = activity.means();
    figures_[index].variance = activity.variances();
  }
}

void Pass::weigh(const Network& network, std::size_t index, const Layer& along,
                 const Activity& previous, const Eigen::Ref<Matrix>& sums) {
  const ReceptiveFields& fields = network.layers[index].fields;
  if (index > 0) {
    const Activity& input = seen(network, index, previous);
    return weigh_rows(fields, along, {input.passed(), input.scale, Zeros::kKeep}, false, nullptr,
                      sums);
  }
  weigh_batch_along(network.format, fields, along, sums);
}

void Pass::learn(std::size_t index, const Activity& previous, const PanelMatrix& delta,
                 const OptimiserStep& step, Network& network) {
  Layer& layer = network.layers[index];
  if (learning_ && !learns(layer)) return;
  if (index == 0 && shows_pictures(network)) {
    scale_inputs(network.format, rows());
    ff::learn(batch_->pictures(), layer.fields, &input_scale_, Zeros::kSkip, delta, step,
              layer.weights, memory_);
  } else if (index == 0) {
    learn_batch(network.format, layer.fields, delta, step, layer.weights);
  } else {
    learn_below(seen(network, index, previous), layer.fields, delta, step, layer.weights, memory_);
  }
  learn_bias(delta, step, layer.bias);
  if (!layer.normalisation->of_batch) return;
  constexpr float kNew = 0.1F;
  layer.running.mean += kNew * (figures_[index].mean - layer.running.mean);
  layer.running.variance += kNew * (figures_[index].variance - layer.running.variance);
}

void Pass::add_product(const ReceptiveFields& fields, const PanelMatrix& weights,
                       const Eigen::Ref<const Matrix>& left, Eigen::Ref<Matrix> sums) {
  auto product = reserve(whole_, sums.rows(), sums.cols());
  multiply(left, fields, Zeros::kKeep, weights, unchanged(product), memory_);
  sums += product;
}

void Pass::derive_below(const ReceptiveFields& fields, const PanelMatrix& weights,
                        const Eigen::Ref<const Matrix>& gradient, const Eigen::Ref<Matrix>& below) {
  multiply_back(gradient, fields, weights, below, memory_);
}

void Pass::add_logits(const PanelMatrix& weights, const Activity& activity, Matrix& logits) {
  auto product = reserve(whole_, logits.rows(), logits.cols());
  multiply(activity.passed(), {.columns = weights.rows()}, Zeros::kKeep, weights,
           unchanged(product), memory_);
  logits += activity.scale.asDiagonal() * product;
}

void Pass::learn_logits(const Activity& activity, const PanelMatrix& delta,
                        const OptimiserStep& step, Parameter& weights) {
  learn_below(activity, {.columns = weights.rows()}, delta, step, weights, memory_);
}

void Pass::learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Parameter& bias) {
  const Eigen::Index sharing = delta.cols() / bias.cols();
  auto by_unit = reserve(by_unit_, sharing, bias.cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta.units(panel);
    Eigen::Map<RowVector>(by_unit.data() + first, count) = delta.view(panel).colwise().sum();
  });
  column_sums_.resize(1, bias.cols());
  column_sums_.flat() = by_unit.row(0);
  for (Eigen::Index field = 1; field < sharing; ++field) column_sums_.flat() += by_unit.row(field);
  update(step.without_decay(), 1.0F, column_sums_, bias);
}

void Pass::learn_scale(const Activity& activity, const OptimiserStep& step, Layer& layer) {
  if (!layer.normalisation->learns_scale || !learns(layer)) return;
  const auto slopes = activity.by_shift_and_gain();
  column_sums_.resize(1, slopes.cols());
  column_sums_.flat() = slopes.row(0);
  update(step.without_decay(), 1.0F, column_sums_, layer.shift);
  column_sums_.flat() = slopes.row(1);
  update(step.without_decay(), 1.0F, column_sums_, layer.gain);
}

void softmax_rows(Matrix& logits) {
  for (Eigen::Index row = 0; row < logits.rows(); ++row) {
    auto values = logits.row(row).array();
    values = (values - values.maxCoeff()).exp();
    values /= values.sum();
  }
}

}  // namespace ff
