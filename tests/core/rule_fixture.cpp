#include "rule_fixture.hpp"

namespace ff::test {
namespace {

void scatter(Random& random, Parameter& parameter) {
  for (Eigen::Index row = 0; row < parameter.rows(); ++row)
    for (Eigen::Index column = 0; column < parameter.cols(); ++column)
      parameter(row, column) = static_cast<float>(0.4 * random.normal());
}

}  // namespace

std::vector<Matrix> parameters(const Network& network) {
  std::vector<Matrix> all;
  each_parameter([&](const ParameterPlace&, const Parameter& one) { all.push_back(one.matrix()); },
                 network);
  return all;
}

std::vector<Real> slopes(Network& network, const std::function<double()>& loss) {
  std::vector<Real> all;
  each_parameter(
      [&](const ParameterPlace&, Parameter& one) { all.push_back(finite_differences(one, loss)); },
      network);
  return all;
}

RuleFixture::RuleFixture(const Config& config, std::uint32_t images) : rule(make_rule(config)) {
  const auto data = blobs(static_cast<int>(images), 7, 5);
  network = make_network(config, data->shape, data->classes);
  Random random(3, RandomUse::kWeights, 99);
  each_parameter(
      [&](const ParameterPlace& place, Parameter& one) {
        if (place.softmax || place.is_row()) scatter(random, one);
      },
      network);
  std::vector<std::uint32_t> indices;
  for (std::uint32_t index = 0; index < images; ++index) indices.push_back(index);
  fill_batch(*data, indices, network.format, batch);
  choose_labels();
  recent.resize(network.layers.size());
}

Network RuleFixture::taught(std::int64_t step) {
  Network learning = network;
  pass.start(batch, Learning{});
  pass.label(labels);
  state = {.step = step};
  rule->learn(
      {.pass = pass, .steps = step + 1000, .network = learning, .state = state, .recent = recent});
  return learning;
}

std::vector<Matrix> RuleFixture::gradient(std::int64_t step) {
  std::vector<Matrix> result = parameters(network);
  const std::vector<Matrix> after = parameters(taught(step));
  for (std::size_t index = 0; index < result.size(); ++index) result[index] -= after[index];
  return result;
}

Real RuleFixture::inputs() const {
  return DenseReference{label_strength(network.config)}.inputs(batch, labels);
}

// Neutral, or the true ones, then the next label up as the wrong one.
void RuleFixture::choose_labels() {
  labels.assign(batch.labels.size(), kNeutral);
  if (!reads_goodness(network.config)) return;
  labels = batch.labels;
  for (const int label : batch.labels) labels.push_back((label + 1) % kClasses);
}

Config plain_config(const std::string& rule) {
  Config config;
  config.rule = rule;
  config.layers = {7, 6, 5};
  config.optimiser = OptimiserKind::kSgd;
  config.momentum = 0.0;
  config.learning_rate = 1.0;
  config.softmax_rate = 1.0;
  config.decay_start = 1.0;
  config.sharpness = 4.0;
  config.threshold = 0.5;
  return config;
}

}  // namespace ff::test
