#pragma once

#include <cstdint>
#include <vector>

#include "ff/config.hpp"
#include "ff/matrix.hpp"
#include "ff/optimiser_step.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

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

/// The same of a parameter in panels; its update happens on the way out of its gradient's product.
struct PanelMoments {
  PanelMatrix first, second;
};

/// Smoothed gradients of a layer's two parameters.
struct LayerMoments {
  PanelMoments weights;
  Moments bias;
};

/// The same of the one-pass read-out; `weights` [layers].
struct SoftmaxMoments {
  std::vector<PanelMoments> weights;
  Moments bias;
};

/// Changes `weights` against `gradient`, both [m x n]. SGD steps along the smoothed gradient
/// momentum * old + (1 - momentum) * new (as Hinton's own program does); Adam as Kingma and Ba
/// 2015, decay as Loshchilov and Hutter 2019.
void update(const OptimiserStep& step, const Eigen::Ref<const Matrix>& gradient,
            const Eigen::Ref<Matrix>& weights, Moments& moments);

/// The same in panels, against the gradient slope * direction.
void update(const OptimiserStep& step, float slope, const PanelMatrix& direction,
            PanelMatrix& weights, PanelMoments& moments);

}  // namespace ff
