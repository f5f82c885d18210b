#pragma once

#include <cstdint>

#include "ff/config.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// What one update needs to know, the same for every parameter of a layer.
struct OptimiserStep {
  OptimiserKind kind;
  float rate;
  float momentum;             ///< Adam's beta 1
  float beta2;                ///< Adam only
  float decay;                ///< decoupled: each step a weight loses rate * decay of itself
  float first_correction;     ///< Adam: 1 / (1 - beta1^t)
  float second_correction;    ///< Adam: 1 / (1 - beta2^t)

  OptimiserStep without_decay() const;
};

/// The step numbered `step` (from 0) of a run of `steps`, its rate `rate` before the schedule:
/// constant until the share `decay_start` of the run, then in a line towards zero.
OptimiserStep optimiser_step(const Config& config, double rate, std::int64_t step,
                             std::int64_t steps);

/// The learning rate's share that the schedule leaves at `step`, in (0, 1].
double schedule(double decay_start, std::int64_t step, std::int64_t steps);

/// The smoothed gradients of one parameter; both as large as it, `second` for Adam only.
struct Moments {
  Matrix first, second;
};

/// Changes `weights` against `gradient`, both [m x n]. SGD steps along the smoothed gradient
/// momentum * old + (1 - momentum) * new (as Hinton's own program does); Adam as Kingma and Ba 2015,
/// decay as Loshchilov and Hutter 2019.
void update(const OptimiserStep& step, const Matrix& gradient, Eigen::Ref<Matrix> weights,
            Moments& moments);

}  // namespace ff
