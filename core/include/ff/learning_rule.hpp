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
struct Lesson {
  Pass& pass;          ///< with 2 x batch rows: positives, then their negatives
  std::int64_t steps;  ///< of the whole run
  Network& network;
  TrainingState& state;
  std::vector<RecentGoodness>& recent;  ///< [layers] for reports
};

/// How weights change.
/// A new one: a file in src/rules/ and a line in learning_rule.cpp.
class LearningRule {
 public:
  LearningRule() = default;
  LearningRule(const LearningRule&) = delete;
  LearningRule& operator=(const LearningRule&) = delete;
  virtual ~LearningRule() = default;

  /// Throws Error when a loss is not finite; the weights are then of no use.
  virtual void learn(const Lesson& lesson) = 0;

  /// Numbers of activity held.
  virtual std::size_t capacity() const = 0;
};

std::unique_ptr<LearningRule> make_rule(const Config& config);

/// Each layer from its own loss: nothing flows backward (Hinton 2022).
std::unique_ptr<LearningRule> make_forward_forward();

/// The whole net from one loss, by the gradient through all layers. Its loss is the cross-entropy
/// of the softmax at the end of it.
std::unique_ptr<LearningRule> make_backprop_label();

/// The same with the objective of the goodness of all layers that count together.
std::unique_ptr<LearningRule> make_backprop_pairwise();

/// A random step of all weights, kept if it lowers the softmax's cross-entropy on the minibatch and
/// taken the other way if not. Nothing is derived, so anything may stand between two layers.
std::unique_ptr<LearningRule> make_naive();

/// The derivative of the loss along one random direction of the weights, times that direction: an
/// unbiased guess of the gradient that needs a forward pass alone (Baydin et al. 2022).
std::unique_ptr<LearningRule> make_weight_perturbation();

/// The same of each sample's weighted sums, of which there are fewer than weights (Ren et al.
/// 2022). The softmax, next to the loss, learns by its gradient.
std::unique_ptr<LearningRule> make_activity_perturbation();

/// Both with the losses of forward-forward: each layer guesses the gradient of its own.
std::unique_ptr<LearningRule> make_local_weight_perturbation();
std::unique_ptr<LearningRule> make_local_activity_perturbation();

/// Remembers a layer's goodness, empty if it has none, and loss. Throws Error when the loss is not
/// finite.
void note(const Lesson& lesson, std::size_t index, const Vector& goodness, float loss);

}  // namespace ff
