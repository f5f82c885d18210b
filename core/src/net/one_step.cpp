#include "ff/one_step.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

#include "ff/batch.hpp"
#include "ff/black_box.hpp"
#include "ff/error.hpp"
#include "ff/goodness.hpp"
#include "ff/layer_loss.hpp"
#include "ff/learning_rule.hpp"
#include "ff/objective.hpp"
#include "ff/pass.hpp"

namespace ff {
namespace {

// Where no weight has a slope above this nothing moves: the kernels keep no gradient at quite 0.
constexpr float kFlat = 1e-15F;

void check_pair(const Network& network, const ImagePair& pair) {
  if (!reads_goodness(network.config))
    throw Error("one step: expected a net that finds how good a picture is with each label.");
  const auto fits = [&](int label) { return label >= 0 && label < network.labels(); };
  if (!fits(pair.label) || !fits(pair.rival) || pair.label == pair.rival)
    throw Error("one step: expected two of the " + std::to_string(network.labels()) +
                " labels, got " + std::to_string(pair.label) + " and " +
                std::to_string(pair.rival) + ".");
}

Batch batch_of(const Network& network, const ImagePair& pair) {
  const Dataset image{.shape = network.shape,
                      .classes = network.classes,
                      .pixels = {pair.pixels.begin(), pair.pixels.end()},
                      .labels = {static_cast<std::uint16_t>(pair.label)}};
  Batch batch;
  fill_batch(image, std::vector<std::uint32_t>{0}, network.format, batch);
  return batch;
}

// The layers, which nothing but a pair's own gradient will move.
Network plain_copy(const Network& network) {
  Network copy = without_moments(network);
  copy.softmax = {};
  copy.config.schedule = ScheduleKind::kTogether;
  copy.config.optimiser = OptimiserKind::kSgd;
  copy.config.momentum = 0.0;
  copy.config.weight_decay = 0.0;
  copy.config.peer_strength = 0.0;
  return copy;
}

// The loss of each layer before its weights move by `rate` times their slopes.
std::vector<double> teach(double rate, Pass& pass, Network& network) {
  network.config.learning_rate = rate;
  TrainingState state;
  std::vector<RecentGoodness> recent(network.layers.size());
  make_rule(network.config)
      ->learn({.pass = pass, .steps = 1, .network = network, .state = state, .recent = recent});
  std::vector<double> losses;
  for (const RecentGoodness& layer : recent) {
    LayerReport report;
    layer.report(report);
    losses.push_back(report.loss);
  }
  return losses;
}

// Without momentum the last gradient is all that the optimiser keeps.
float steepest_slope(const Network& network) {
  float most = 0.0F;
  each_parameter(
      [&](const ParameterPlace&, const Parameter& parameter) {
        for (Eigen::Index panel = 0; panel < parameter.first.panels(); ++panel)
          most = std::max(most, parameter.first.view(panel).lpNorm<Eigen::Infinity>());
      },
      network);
  return most;
}

float degrees_between(const Activity& pair) {
  const auto positive = pair.passed().row(0).cast<double>();
  const auto negative = pair.passed().row(1).cast<double>();
  const double lengths = positive.norm() * negative.norm();
  if (lengths == 0.0) return 0.0F;
  const double cosine = std::clamp(positive.dot(negative) / lengths, -1.0, 1.0);
  return static_cast<float>(std::acos(cosine) * 180.0 / std::numbers::pi);
}

// A layer's goodness of positive and negative, and the angle between what it passes on of them.
struct LayerVerdict {
  Vector goodness;
  float angle = 0.0F;
};

std::vector<LayerVerdict> verdicts(const Network& network, Pass& pass) {
  std::vector<LayerVerdict> all(network.layers.size());
  Activity above;
  Activity below;
  Activity boxed;
  for (std::size_t index = 0; index < all.size(); ++index) {
    std::swap(above, below);
    pass.forward(network, index, below, above);
    measure_goodness(network.config, above, all[index].goodness);
    const bool box = static_cast<int>(index) + 1 == network.config.black_box;
    if (box) black_box(above, boxed);
    all[index].angle = degrees_between(box ? boxed : above);
  }
  return all;
}

std::vector<WeightMove> most_moved(const Layer& before, const Layer& after, std::size_t count) {
  if (before.fields.shared()) return {};
  const Matrix moved = scattered(before.fields, after.weights.matrix() - before.weights.matrix());
  std::vector<Eigen::Index> order(static_cast<std::size_t>(moved.size()));
  std::iota(order.begin(), order.end(), 0);
  const auto distance = [&](Eigen::Index place) { return std::abs(moved.data()[place]); };
  const auto told = order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size()));
  std::partial_sort(order.begin(), told, order.end(), [&](Eigen::Index a, Eigen::Index b) {
    return distance(a) != distance(b) ? distance(a) > distance(b) : a < b;
  });
  std::vector<WeightMove> moves;
  for (auto place = order.begin(); place != told && distance(*place) > 0.0F; ++place)
    moves.push_back({.unit = *place % moved.cols(),
                     .input = *place / moved.cols(),
                     .by = moved.data()[*place]});
  return moves;
}

}  // namespace

OneStep one_step(const Network& network, const ImagePair& pair, std::size_t moves) {
  check_pair(network, pair);
  const Batch batch = batch_of(network, pair);
  Pass pass;
  pass.start(batch);
  pass.label(std::vector<int>{pair.label, pair.rival});

  Network copy = plain_copy(network);
  const std::vector<LayerVerdict> before = verdicts(copy, pass);
  const std::vector<double> losses = teach(0.0, pass, copy);
  const float slope = steepest_slope(copy);
  const double rate = slope > kFlat ? network.config.learning_rate / slope : 0.0;
  teach(rate, pass, copy);
  const std::vector<LayerVerdict> after = verdicts(copy, pass);
  OneStep step{.rate = rate,
               .layers = {},
               .moves = most_moved(network.layers.front(), copy.layers.front(), moves)};
  const std::vector<double> losses_after = teach(0.0, pass, copy);

  const auto told = [](const Vector& goodness, double loss) {
    return PairGoodness{.positive = goodness[0], .negative = goodness[1], .loss = loss};
  };
  const bool has_threshold = objective(network.config.objective).has_threshold;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    LayerStep layer{.units = network.layers[index].units(),
                    .threshold = {},
                    .before = told(before[index].goodness, losses[index]),
                    .after = told(after[index].goodness, losses_after[index]),
                    .angle = before[index].angle};
    if (has_threshold) layer.threshold = threshold_of(network.config, layer.units);
    step.layers.push_back(layer);
  }
  return step;
}

}  // namespace ff
