#pragma once

#include "ff/matrix.hpp"

namespace ff {

struct LossAndSlope {
  float loss, slope;
};

/// The frame of every objective of pairs. `of` gives the loss, and its slope, of how far a positive
/// lags behind its negative: lag = -sharpness (g+ - g-). As
/// Objective::apply otherwise; `coefficient` may be `goodness`.
template <class LossOfLag>
float over_pairs(const Vector& goodness, float sharpness, Vector& coefficient, LossOfLag of) {
  const Eigen::Index batch = goodness.size() / 2;
  const float share = 1.0F / static_cast<float>(batch);
  coefficient.resize(goodness.size());
  float loss = 0.0F;
  for (Eigen::Index pair = 0; pair < batch; ++pair) {
    const auto [value, slope] = of(sharpness * (goodness[batch + pair] - goodness[pair]));
    loss += value;
    coefficient[pair] = -share * sharpness * slope;
    coefficient[batch + pair] = share * sharpness * slope;
  }
  return loss * share;
}

}  // namespace ff
