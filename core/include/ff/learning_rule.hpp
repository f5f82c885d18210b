#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/network.hpp"
#include "ff/pass.hpp"
#include "ff/report.hpp"

namespace ff {

/// What a run must keep, beside its net, to go on as if it had never stopped.
struct TrainingState {
  std::int64_t step = 0;  ///< minibatches done
  DataMark data{};        ///< of the images it learns from; unknown in old checkpoints
};

/// A minibatch, ready to be learnt from, and what learning changes.
struct Minibatch {
  Pass& pass;          ///< with 2 x batch rows: positives, then their negatives
  std::int64_t steps;  ///< of the whole run
  Network& network;
  TrainingState& state;
  std::vector<RecentGoodness>& recent;  ///< [layers] for reports
};

/// How weights change: what a Rule makes.
class LearningRule {
 public:
  LearningRule() = default;
  LearningRule(const LearningRule&) = delete;
  LearningRule& operator=(const LearningRule&) = delete;
  virtual ~LearningRule() = default;

  /// Throws Error when a loss is not finite; the weights are then of no use.
  virtual void learn(const Minibatch& minibatch) = 0;

  /// Numbers of activity held.
  virtual std::size_t capacity() const = 0;
};

/// What a Rule's `make` is.
template <class Kind>
std::unique_ptr<LearningRule> make_new() {
  return std::make_unique<Kind>();
}

std::unique_ptr<LearningRule> make_rule(const Config& config);

/// Remembers a layer's goodness, empty if it has none, and loss. Throws Error when the loss is not
/// finite.
void remember(const Minibatch& minibatch, std::size_t index, const Vector& goodness, float loss);

}  // namespace ff
