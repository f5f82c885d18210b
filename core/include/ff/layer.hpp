#pragma once

#include "ff/dataset.hpp"
#include "ff/matrix.hpp"
#include "ff/normalisation.hpp"
#include "ff/optimiser.hpp"
#include "ff/pooling.hpp"
#include "ff/receptive_fields.hpp"

namespace ff {

/// What a layer's normalisation goes by when nothing is learnt: running means of the figures of
/// minibatches, a number a channel; empty unless it looks at minibatches.
struct RunningFigures {
  RowVector mean, variance;
};

/// A layer of units, what they see, and how they are seen.
struct Layer {
  Shape shape{};             ///< units at a place, and places
  Shape passed{};            ///< the same of what is passed on, which may be pooled
  const Pooling* pooling{};  ///< null: every place is passed on
  int pool = 1;              ///< places each way that become one
  const Normalisation* normalisation{};
  Eigen::Index classes = 1;   ///< that units at a place may be divided among
  ReceptiveFields fields{};   ///< of the inputs, or of the units of the layer before
  int until = 0;              ///< epochs in which it learns; 0: all
  Eigen::Index groups = 1;    ///< parts with a goodness of their own, divided as evenly as they go
  Parameter weights{};        ///< [inputs of a field x columns()], in sets as the fields have them
  Parameter bias{};           ///< [1 x columns()]
  Parameter gain{}, shift{};  ///< [1 x channels] if the normalisation learns a scale, else empty
  RowVector mean_activity{};  ///< [units] a running mean, for peer normalisation
  RunningFigures running{};

  Eigen::Index units() const { return shape.size(); }
  /// Numbers that it passes on.
  Eigen::Index outputs() const { return passed.size(); }
  /// Units with weights of their own.
  Eigen::Index columns() const { return units() * fields.sets() / fields.count(); }
};

}  // namespace ff
