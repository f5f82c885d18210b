#include "ff/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/goodness.hpp"
#include "ff/objective.hpp"

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
  neutral_.resize(layers);
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
  if (network_.has_softmax())
    neutral_pass(optimiser_step(config, config.softmax_rate, state_.step, steps()));
  else
    choose_negatives({});
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

void Trainer::neutral_pass(const OptimiserStep& rate) {
  const std::vector<int> labels(batch_.labels.size(), kNeutral);
  const auto strength = static_cast<float>(network_.config.label_strength);
  Matrix probabilities = network_.softmax.bias.replicate(batch_.pixels.rows(), 1);
  Eigen::Index first_feature = 0;
  for (std::size_t index = 0; index < network_.layers.size(); ++index) {
    const DenseLayer& layer = network_.layers[index];
    if (index == 0)
      forward_labelled(layer, image_product_, batch_, labels, strength, input_scale_, neutral_[0]);
    else
      forward_hidden(layer, neutral_[index - 1], work_, neutral_[index]);
    if (!network_.counted(index)) continue;
    const auto weights = network_.softmax.weights.middleRows(first_feature, layer.units());
    probabilities += neutral_[index].scale.asDiagonal() * (neutral_[index].units * weights);
    first_feature += layer.units();
  }
  softmax_rows(probabilities);
  choose_negatives(probabilities);
  learn_softmax(rate, probabilities);
}

// Cross-entropy: its derivative by the sums is the probabilities less the true label.
void Trainer::learn_softmax(const OptimiserStep& rate, Matrix& probabilities) {
  for (Eigen::Index row = 0; row < probabilities.rows(); ++row)
    probabilities(row, batch_.labels[static_cast<std::size_t>(row)]) -= 1.0F;
  probabilities /= static_cast<float>(probabilities.rows());
  gradient_.resize(network_.softmax.weights.rows(), kLabels);
  Eigen::Index first_feature = 0;
  for (std::size_t index = 0; index < network_.layers.size(); ++index) {
    if (!network_.counted(index)) continue;
    const Eigen::Index units = network_.layers[index].units();
    scratch_.noalias() = neutral_[index].scale.asDiagonal() * probabilities;
    gradient_.middleRows(first_feature, units).noalias() =
        neutral_[index].units.transpose() * scratch_;
    first_feature += units;
  }
  update(rate, gradient_, network_.softmax.weights, state_.softmax.weights);
  update(rate.without_decay(), probabilities.colwise().sum(), network_.softmax.bias,
         state_.softmax.bias);
}

// Every wrong label alike, or by the probabilities the net itself gives it (Hinton 2022, 3.3).
void Trainer::choose_negatives(const Matrix& probabilities) {
  const bool hard = network_.config.negatives == NegativesKind::kHard;
  Random random(network_.config.seed, RandomUse::kNegatives,
                static_cast<std::uint64_t>(state_.step));
  row_labels_ = batch_.labels;
  for (std::size_t row = 0; row < batch_.labels.size(); ++row) {
    const int truth = batch_.labels[row];
    RowVector weight = hard ? RowVector(probabilities.row(static_cast<Eigen::Index>(row)))
                            : RowVector::Ones(kLabels);
    weight[truth] = 0.0F;
    float left = static_cast<float>(random.real()) * weight.sum();
    int chosen = truth == 0 ? 1 : 0;
    for (int label = chosen; label < kLabels && left >= 0.0F; ++label) {
      if (label == truth) continue;
      chosen = label;
      left -= weight[label];
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
    forward_labelled(layer, image_product_, batch_, row_labels_, strength, input_scale_, above_);
  else
    forward_hidden(layer, below_, work_, above_);

  const Goodness& measure = goodness(config.goodness);
  const Objective& judge = objective(config.objective);
  const auto units = static_cast<float>(layer.units());
  measure.measure(above_, goodness_);
  const float loss = judge.apply(
      goodness_,
      {.threshold = static_cast<float>(config.threshold) * units * measure.scale(layer.units()),
       .sharpness = static_cast<float>(config.sharpness)},
      coefficient_);
  if (!std::isfinite(loss))
    throw Error("step " + std::to_string(state_.step + 1) + ": the loss of layer " +
                std::to_string(index + 1) +
                " is no longer a finite number; a lower learning_rate usually helps.");
  recent_[index].add(goodness_, loss);
  measure.derivative(above_, coefficient_, delta_);
  add_peer_pull(index, above_);

  const OptimiserStep rate = optimiser_step(config, config.learning_rate, state_.step, steps());
  LayerMoments& moments = state_.layers[index];
  if (index == 0)
    learn_labelled(batch_, row_labels_, strength, input_scale_, delta_, rate, work_, layer,
                   moments.weights);
  else
    learn_hidden(below_, delta_, rate, work_, layer, moments.weights);
  update(rate.without_decay(), delta_.colwise().sum(), layer.bias, moments.bias);
}

// A gentle pull of each unit's running mean towards its layer's, on positives, and not gated by the
// ReLU so that a dead unit comes back (Hinton 2022, footnote 6).
void Trainer::add_peer_pull(std::size_t index, const Activity& activity) {
  if (network_.config.peer_strength == 0.0) return;
  const Eigen::Index batch = activity.units.rows() / 2;
  RowVector& mean = state_.mean_activity[index];
  mean = kMeanKept * mean + (1.0F - kMeanKept) * activity.units.topRows(batch).colwise().mean();
  const float strength = static_cast<float>(network_.config.peer_strength) *
                         goodness(network_.config.goodness).scale(activity.units.cols()) /
                         static_cast<float>(batch);
  const RowVector pull = strength * (mean.array() - mean.mean());
  delta_.topRows(batch).rowwise() += pull;
}

std::int64_t Trainer::activity_bytes() const {
  std::int64_t floats = above_.units.size() + below_.units.size();
  for (const Activity& neutral : neutral_) floats += neutral.units.size();
  return floats * static_cast<std::int64_t>(sizeof(float));
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
