#pragma once

#include <cstdint>
#include <utility>

#include "ff/optimiser_step.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

struct Config;

/// The step numbered `step` (from 0) of a run of `steps`, its rate `rate` before the schedule:
/// constant until the share `decay_start` of the run, then in a line or half a wave towards zero;
/// all the while times what has been reached of the share `warm_up`, at most 1 (Goyal et al. 2017).
OptimiserStep optimiser_step(const Config& config, double rate, std::int64_t step,
                             std::int64_t steps);

/// The learning rate's share that the schedule leaves at `step`, in (0, 1].
double rate_share(const Config& config, std::int64_t step, std::int64_t steps);

/// Weights or a bias, and what learning keeps of them.
struct Parameter : PanelMatrix {
  using PanelMatrix::PanelMatrix;
  Parameter() = default;
  explicit Parameter(PanelMatrix values) : PanelMatrix(std::move(values)) {}

  PanelMatrix first;          ///< smoothed gradients, as large; empty until the first step
  PanelMatrix second;         ///< of their squares; Adam only
  std::uint64_t version = 1;  ///< rises with every step

  /// Has the moments that steps need, of squares too if adaptive, 0 if they are new.
  void ensure_moments(bool adaptive);
};

/// Steps a parameter against the gradient slope * direction. SGD steps along the smoothed gradient
/// momentum * old + (1 - momentum) * new (as Hinton's own program does); Adam as Kingma and Ba
/// 2015, decay as Loshchilov and Hutter 2019.
void update(const OptimiserStep& step, float slope, const PanelMatrix& direction,
            Parameter& parameter);

}  // namespace ff
