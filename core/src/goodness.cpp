#include "ff/goodness.hpp"

#include <array>

#include "ff/threads.hpp"

namespace ff {

const Goodness& goodness(GoodnessKind kind) {
  static const std::array<const Goodness*, 2> table = {&kSumOfSquares, &kMeanOfSquares};
  return *table.at(static_cast<std::size_t>(kind));
}

void derive(const Goodness& goodness, const Activity& activity, const Vector& coefficient,
            PanelMatrix& delta) {
  delta.resize(activity.units().rows(), activity.units().cols());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    goodness.derivative(activity, coefficient, delta.units(panel), delta.view(panel));
  });
}

}  // namespace ff
