#include "ff/trainer.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "ff/error.hpp"
#include "ff/layer_loss.hpp"
#include "ff/negatives.hpp"
#include "ff/objective.hpp"
#include "learning_layers.hpp"

namespace ff {
namespace {

std::size_t images_to_train_on(const Config& config, const Dataset& data) {
  const auto held_out = static_cast<std::size_t>(config.validation_images);
  const auto batch = static_cast<std::size_t>(config.batch);
  const std::size_t left = data.count() > held_out ? data.count() - held_out : 0;
  if (left < batch && data.count() >= batch)
    throw Error("validation_images: expected at most " + std::to_string(data.count() - batch) +
                " of the " + std::to_string(data.count()) +
                " images, so that a batch is left, got " + std::to_string(held_out) + ".");
  const auto wanted = static_cast<std::size_t>(config.train_images);
  const std::size_t count = wanted == 0 ? left : std::min(wanted, left);
  if (count < batch)
    throw Error("batch: expected at most the " + std::to_string(count) +
                " images there are to train on, got " + std::to_string(config.batch) + ".");
  return count;
}

// Labels that some image has, in order: no other makes a negative.
std::vector<int> labels_among(std::span<const std::uint16_t> labels) {
  const std::set<int> found(labels.begin(), labels.end());
  return {found.begin(), found.end()};
}

// Other images would be other minibatches and other epochs, at best silently another run.
void check_same_data(const DataMark& begun, const DataMark& now) {
  if (begun.images == 0 || begun == now) return;
  if (begun.images != now.images)
    throw Error("data set: the run was begun on " + std::to_string(begun.images) +
                " images, there are " + std::to_string(now.images) +
                " now; expected those it was begun on.");
  throw Error("data set: expected the images that the run was begun on, these are as many others.");
}

}  // namespace

Trainer::Trainer(const Config& config, const std::shared_ptr<const Dataset>& data)
    : Trainer(make_network(config, data->shape, data->classes), TrainingState{}, data) {}

Trainer::Trainer(Network network, const TrainingState& state, std::shared_ptr<const Dataset> data)
    : network_(std::move(network)), state_(state), data_(std::move(data)) {
  if (const std::string fault = misfit(network_, *data_); !fault.empty())
    throw Error("data set: the " + fault);
  check(network_.config);
  const DataMark data_mark = mark_of(*data_);
  check_same_data(state_.data, data_mark);
  state_.data = data_mark;
  prepare();
  if (state_.step > steps())
    throw Error("step: expected at most the " + std::to_string(steps()) +
                " minibatches of a run on these images, got " + std::to_string(state_.step) +
                "; are they others?");
}

void Trainer::prepare() {
  train_count_ = images_to_train_on(network_.config, *data_);
  choices_ = labels_among(std::span(data_->labels).first(train_count_));
  if (reads_goodness(network_.config) && choices_.size() < kFewestClasses)
    throw Error("train_images: expected images of two classes or more, these are all of one.");
  recent_.resize(network_.layers.size());
  rule_ = make_rule(network_.config);
  for (Layer& layer : network_.layers)
    if (layer.mean_activity.size() == 0) layer.mean_activity.setConstant(layer.units(), 0.5F);
}

std::int64_t Trainer::steps_per_epoch() const {
  return static_cast<std::int64_t>(train_count_) / network_.config.batch;
}

void Trainer::adjust(const Config& wanted) { network_.config = adjusted(network_.config, wanted); }

void Trainer::step() {
  next_batch();
  pass_.start(batch_, Learning{.epoch = state_.step / steps_per_epoch(), .step = state_.step});
  label_rows();
  pass_.label(row_labels_);
  rule_->learn(
      {.pass = pass_, .steps = steps(), .network = network_, .state = state_, .recent = recent_});
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
  fill_batch(*data_, std::span(order_).subspan(first, batch), network_.format,
             {.shift = config.shift,
              .negatives = negatives(config.negatives),
              .outliers = config.outliers,
              .flips = config.flips},
             random, batch_);
}

// Labels of the rows; the softmax that may choose them learns on the way.
void Trainer::label_rows() {
  const Config& config = network_.config;
  const Negatives& kind = negatives(config.negatives);
  if (network_.has_softmax() && !learns_by_softmax(config)) {
    one_pass_.run(network_, pass_, kind.add_labels != nullptr);
    one_pass_.learn(optimiser_step(config, config.softmax_rate, state_.step, steps()), pass_,
                    network_);
  }
  if (!reads_goodness(config)) {
    row_labels_.assign(static_cast<std::size_t>(batch_.square_sum.size()), kNeutral);
    return;
  }
  row_labels_.assign(batch_.labels.begin(), batch_.labels.end());
  Random random(config.seed, RandomUse::kNegatives, static_cast<std::uint64_t>(state_.step));
  const Matrix& probabilities = one_pass_.probabilities();
  if (probabilities.size() > 0) {
    const Eigen::Index others = batch_.square_sum.size() - batch_.images();
    likely_ = probabilities.topRows(batch_.images());
    likely_.bottomRows(others) = probabilities.bottomRows(others);
  }
  kind.add_labels(choices_, likely_, random, row_labels_);
}

std::int64_t Trainer::activity_bytes() const {
  const std::size_t floats = rule_->capacity() + one_pass_.capacity();
  return static_cast<std::int64_t>(floats * sizeof(float));
}

// The same rows, positives, negatives and those of the softmax, but of all layers at once.
std::int64_t Trainer::backprop_bytes() const {
  std::int64_t units = 0;
  for (const Layer& layer : network_.layers) units += layer.units();
  const int rows = network_.config.batch * (network_.has_softmax() ? 3 : 2);
  return rows * units * static_cast<std::int64_t>(sizeof(float));
}

Report Trainer::report() const {
  const Config& config = network_.config;
  const LearningLayers learning = learning_layers(config, state_.step, steps());
  Report report{
      .step = state_.step,
      .steps = steps(),
      .epoch = static_cast<double>(state_.step) / static_cast<double>(steps_per_epoch()),
      .epochs = config.epochs,
      .images = state_.step * config.batch,
      .learning_rate = config.learning_rate * rate_share(config, learning.step, learning.steps),
      .activity_bytes = activity_bytes(),
      .backprop_bytes = backprop_bytes(),
      .layers = {},
  };
  for (std::size_t index = 0; index < network_.layers.size(); ++index) {
    const Eigen::Index units = network_.layers[index].units();
    LayerReport layer{.units = static_cast<int>(units)};
    if (objective(config.objective).has_threshold) layer.threshold = threshold_of(config, units);
    recent_[index].report(layer);
    report.layers.push_back(layer);
  }
  return report;
}

}  // namespace ff
