#include "ff/trainer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/goodness.hpp"
#include "ff/objective.hpp"
#include "ff/threads.hpp"

namespace ff {
namespace {

// How much of a unit's running mean activity one minibatch leaves.
constexpr float kMeanKept = 0.9F;

std::size_t images_to_train_on(const Config& config, const Dataset& data) {
  const auto held_out = static_cast<std::size_t>(config.validation_images);
  const std::size_t left = data.count() > held_out ? data.count() - held_out : 0;
  const auto wanted = static_cast<std::size_t>(config.train_images);
  const std::size_t count = wanted == 0 ? left : std::min(wanted, left);
  if (count < static_cast<std::size_t>(config.batch))
    throw Error("batch: expected at most the " + std::to_string(count) +
                " images there are to train on, got " + std::to_string(config.batch) + ".");
  return count;
}

}  // namespace

Trainer::Trainer(const Config& config, const std::shared_ptr<const Dataset>& data)
    : Trainer(make_network(config, data->image_size()), TrainingState{}, data) {}

Trainer::Trainer(Network network, TrainingState state, std::shared_ptr<const Dataset> data)
    : network_(std::move(network)), state_(std::move(state)), data_(std::move(data)) {
  if (network_.inputs() != data_->image_size())
    throw Error("layer 1: expected " + std::to_string(data_->image_size()) +
                " inputs, one a pixel of this data set, the net has " +
                std::to_string(network_.inputs()) + ".");
  check(network_.config);
  prepare();
}

void Trainer::prepare() {
  train_count_ = images_to_train_on(network_.config, *data_);
  const std::size_t layers = network_.layers.size();
  state_.layers.resize(layers);
  state_.softmax.weights.resize(layers);
  recent_.resize(layers);
  state_.mean_activity.resize(layers);
  for (std::size_t index = 0; index < layers; ++index)
    if (state_.mean_activity[index].size() == 0)
      state_.mean_activity[index].setConstant(network_.layers[index].units(), 0.5F);
}

std::int64_t Trainer::steps_per_epoch() const {
  return static_cast<std::int64_t>(train_count_) / network_.config.batch;
}

void Trainer::adjust(const Config& config) {
  Config allowed = network_.config;
  for (const Field& field : fields())
    if (field.live) field.set(allowed, field.get(config));
  for (const Field& field : fields())
    if (field.get(allowed) != field.get(config))
      throw Error(std::string(field.name) + ": cannot change while a run goes on; reset first.");
  network_.config = allowed;
}

void Trainer::step() {
  const Config& config = network_.config;
  next_batch();
  image_product(network_.layers.front(), batch_.pixels, work_, image_product_);
  if (network_.has_softmax()) {
    choose_negatives(one_pass_.run(network_, image_product_, batch_, work_));
    one_pass_.learn(image_product_, batch_,
                    optimiser_step(config, config.softmax_rate, state_.step, steps()), work_,
                    network_, state_.softmax);
  } else {
    choose_negatives({});
  }
  for (std::size_t index = 0; index < network_.layers.size(); ++index) learn_layer(index);
  ++state_.step;
}

void Trainer::next_batch() {
  const Config& config = network_.config;
  const std::int64_t epoch = state_.step / steps_per_epoch();
  if (epoch != order_epoch_) {
    order_.resize(train_count_);
    std::iota(order_.begin(), order_.end(), 0U);
    Random random(config.seed, RandomUse::kOrder, static_cast<std::uint64_t>(epoch));
    for (std::size_t left = train_count_; left > 1; --left)
      std::swap(order_[left - 1], order_[random.below(static_cast<std::uint32_t>(left))]);
    order_epoch_ = epoch;
  }
  const auto batch = static_cast<std::size_t>(config.batch);
  const auto first = static_cast<std::size_t>(state_.step % steps_per_epoch()) * batch;
  Random random(config.seed, RandomUse::kAugmentation, static_cast<std::uint64_t>(state_.step));
  fill_batch(*data_, std::span(order_).subspan(first, batch), config.shift, random, batch_);
}

// Every wrong label alike, or by the probabilities the net itself gives it (Hinton 2022, 3.3).
void Trainer::choose_negatives(const Matrix& probabilities) {
  const bool hard = network_.config.negatives == NegativesKind::kHard;
  Random random(network_.config.seed, RandomUse::kNegatives,
                static_cast<std::uint64_t>(state_.step));
  row_labels_.assign(batch_.labels.begin(), batch_.labels.end());
  std::array<float, kLabels> weight{};
  for (std::size_t row = 0; row < batch_.labels.size(); ++row) {
    const int truth = batch_.labels[row];
    float sum = 0.0F;
    for (int label = 0; label < kLabels; ++label) {
      float& here = weight.at(static_cast<std::size_t>(label));
      here = hard ? probabilities(static_cast<Eigen::Index>(row), label) : 1.0F;
      if (label == truth) here = 0.0F;
      sum += here;
    }
    float left = static_cast<float>(random.real()) * sum;
    int chosen = truth == 0 ? 1 : 0;
    for (int label = chosen; label < kLabels && left >= 0.0F; ++label) {
      if (label == truth) continue;
      chosen = label;
      left -= weight.at(static_cast<std::size_t>(label));
    }
    row_labels_.push_back(chosen);
  }
}

void Trainer::learn_layer(std::size_t index) {
  const Config& config = network_.config;
  DenseLayer& layer = network_.layers[index];
  const auto strength = static_cast<float>(config.label_strength);
  std::swap(above_, below_);
  if (index == 0)
    forward_labelled(layer, image_product_, batch_, row_labels_, strength, work_, input_scale_,
                     above_);
  else
    forward_hidden(layer, below_, work_, above_);
  recent_[index].add(goodness_, judge_layer(index));
  derive(goodness(config.goodness), above_, coefficient_, delta_);
  add_peer_pull(index);

  const OptimiserStep rate = optimiser_step(config, config.learning_rate, state_.step, steps());
  LayerMoments& moments = state_.layers[index];
  if (index == 0)
    learn_labelled(batch_, row_labels_, strength, input_scale_, delta_, rate, work_, layer,
                   moments.weights);
  else
    learn_hidden(below_, delta_, rate, work_, layer.weights, moments.weights);
  learn_bias(delta_, rate, work_, layer.bias, moments.bias);
}

// The loss of the layer that has just run; fills in goodness and coefficients.
float Trainer::judge_layer(std::size_t index) {
  const Config& config = network_.config;
  const Goodness& measure = goodness(config.goodness);
  const Eigen::Index units = above_.units().cols();
  measure.measure(above_, goodness_);
  const float loss = objective(config.objective)
                         .apply(goodness_,
                                {.threshold = static_cast<float>(config.threshold) *
                                              static_cast<float>(units) * measure.scale(units),
                                 .sharpness = static_cast<float>(config.sharpness)},
                                coefficient_);
  if (!std::isfinite(loss))
    throw Error("step " + std::to_string(state_.step + 1) + ": the loss of layer " +
                std::to_string(index + 1) +
                " is no longer a finite number; a lower learning_rate usually helps.");
  return loss;
}

// A gentle pull of each unit's running mean towards its layer's, on positives, and not gated by the
// ReLU so that a dead unit comes back (Hinton 2022, footnote 6).
void Trainer::add_peer_pull(std::size_t index) {
  if (network_.config.peer_strength == 0.0) return;
  const Eigen::Index batch = above_.units().rows() / 2;
  RowVector& mean = state_.mean_activity[index];
  parallel_for(delta_.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta_.units(panel);
    mean.segment(first, count) =
        kMeanKept * mean.segment(first, count) +
        (1.0F - kMeanKept) * above_.units().block(0, first, batch, count).colwise().mean();
  });
  const float strength = static_cast<float>(network_.config.peer_strength) *
                         goodness(network_.config.goodness).scale(above_.units().cols()) /
                         static_cast<float>(batch);
  const float layer_mean = mean.mean();
  parallel_for(delta_.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta_.units(panel);
    auto positives = delta_.view(panel).topRows(batch);
    for (Eigen::Index row = 0; row < batch; ++row)
      positives.row(row).array() += strength * (mean.segment(first, count).array() - layer_mean);
  });
}

std::int64_t Trainer::activity_bytes() const {
  const std::size_t floats = above_.capacity() + below_.capacity() + one_pass_.capacity();
  return static_cast<std::int64_t>(floats * sizeof(float));
}

// The same rows, positives, negatives and those of the softmax, but of all layers at once.
std::int64_t Trainer::backprop_bytes() const {
  std::int64_t units = 0;
  for (const DenseLayer& layer : network_.layers) units += layer.units();
  const int rows = network_.config.batch * (network_.has_softmax() ? 3 : 2);
  return rows * units * static_cast<std::int64_t>(sizeof(float));
}

Report Trainer::report() const {
  const Config& config = network_.config;
  Report report{
      .step = state_.step,
      .steps = steps(),
      .epoch = static_cast<double>(state_.step) / static_cast<double>(steps_per_epoch()),
      .epochs = config.epochs,
      .images = state_.step * config.batch,
      .learning_rate = config.learning_rate * schedule(config.decay_start, state_.step, steps()),
      .activity_bytes = activity_bytes(),
      .backprop_bytes = backprop_bytes(),
      .layers = {},
  };
  for (std::size_t index = 0; index < network_.layers.size(); ++index) {
    const Eigen::Index units = network_.layers[index].units();
    LayerReport layer{.units = static_cast<int>(units)};
    if (objective(config.objective).has_threshold)
      layer.threshold =
          config.threshold * static_cast<double>(units) * goodness(config.goodness).scale(units);
    recent_[index].report(layer);
    report.layers.push_back(layer);
  }
  return report;
}

}  // namespace ff
