#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "ff/learning_rule.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff::test {

/// The values of every parameter of a net.
std::vector<Matrix> parameters(const Network& network);

/// Derivative of `loss` by each of them.
std::vector<Real> slopes(Network& network, const std::function<double()>& loss);

/// One minibatch and one net, whose softmax is no longer 0, to see what a rule makes of them.
struct RuleFixture {
  Network network;
  Batch batch;
  std::vector<int> labels;
  TrainingState state;
  std::vector<RecentGoodness> recent;
  Pass pass;
  std::unique_ptr<LearningRule> rule;

  RuleFixture(const Config& config, std::uint32_t images);

  /// The net after one minibatch, the run's step numbered `step`.
  Network taught(std::int64_t step = 0);
  /// What a minibatch at a learning rate of 1 takes from each parameter.
  std::vector<Matrix> gradient(std::int64_t step = 0);
  Real inputs() const;

 private:
  void choose_labels();
};

/// A rule that moves every parameter by its gradient.
Config plain_config(const std::string& rule);

}  // namespace ff::test
