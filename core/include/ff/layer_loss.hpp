#pragma once

#include <vector>

#include "ff/activity.hpp"
#include "ff/network.hpp"

namespace ff {

/// What a layer learns from: the objective of its own goodness, and the derivative of that by the
/// sums of its units. Where the layer has groups, each has a goodness and a loss of its own.
class LayerLoss {
 public:
  /// activity [2 x batch rows]: positives, then their negatives. `others` [rows]: what other layers
  /// add to each row's goodness, a constant to the gradient; empty for nothing. Returns the mean
  /// loss.
  float measure(const Config& config, const Layer& layer, const Activity& activity,
                const Vector& others);

  /// Rows other than these no longer count in derive().
  void keep_rows(Eigen::Index first, Eigen::Index count);

  /// delta [2 x batch x units]: derivative of the loss by the sums before the activation, a set for
  /// each of the layer's fields.
  void derive(const Config& config, const Layer& layer, const Activity& activity,
              PanelMatrix& delta) const;

  /// [2 x batch] of the layer alone.
  const Vector& goodness() const { return goodness_; }
  /// [2 x batch] the same less the layer's threshold, if the objective has one: what it adds to the
  /// goodness of others.
  const Vector& share() const { return share_; }

 private:
  void derive_panel(const Config& config, const Activity& activity, std::int64_t panel,
                    PanelMatrix& delta) const;

  Vector goodness_, share_, group_;
  std::vector<Vector> factors_;  ///< [groups] derivative of the loss by each row's measure
};

/// The objective's threshold for the goodness of so many units; 0 when it has none.
float threshold_of(const Config& config, Eigen::Index units);

}  // namespace ff
