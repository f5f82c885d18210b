#pragma once

#include "ff/goodness.hpp"

namespace ff {

inline void measure_squares(const Activity& activity, Units units, Vector& measure) {
  if (units.count == activity.units().cols())
    measure = activity.square_sum;
  else
    measure = activity.units().middleCols(units.first, units.count).rowwise().squaredNorm();
}

inline void derive_squares(const Activity& activity, const Vector& coefficient, Units units,
                           PanelView delta) {
  delta.noalias() =
      (2.0F * coefficient).asDiagonal() * activity.units().middleCols(units.first, units.count);
}

}  // namespace ff
