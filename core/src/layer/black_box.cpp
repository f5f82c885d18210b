#include "ff/black_box.hpp"

#include "ff/threads.hpp"

namespace ff {

void black_box(const Activity& activity, Activity& seen) {
  const Eigen::Index units = activity.passed().cols();
  seen.resize(activity.passed().rows(), units);
  parallel_for(seen.units().rows(), [&](std::int64_t row) {
    const auto from = activity.passed().row(row);
    auto to = seen.units().row(row);
    for (Eigen::Index unit = 0; unit < units; ++unit)
      to[unit] = from[unit] > from[(unit + 1) % units] ? 1.0F : 0.0F;
    seen.square_sum[row] = to.squaredNorm();
  });
  seen.normalise();
}

}  // namespace ff
