#pragma once

namespace ff {

/// What one update needs to know, the same for every parameter of a layer.
struct OptimiserStep {
  /// Keeps Adam's step finite where no gradient ever came; its square stands under the root.
  static constexpr float kEpsilon = 1e-8F;

  bool adaptive;  ///< Adam; if not, stochastic gradients with momentum
  float rate;
  float momentum;           ///< Adam's beta 1
  float beta2;              ///< Adam only
  float decay;              ///< decoupled: each step a weight loses rate * decay of itself
  float first_correction;   ///< Adam: 1 / (1 - beta1^t)
  float second_correction;  ///< Adam: 1 / (1 - beta2^t)

  OptimiserStep without_decay() const {
    OptimiserStep step = *this;
    step.decay = 0.0F;
    return step;
  }
};

}  // namespace ff
