#include "ff/activity.hpp"

namespace ff {

void Activity::normalise() {
  // A row of silent units has no direction; it stays 0 instead of becoming NaN.
  constexpr float kSmallestMeanSquare = 1e-8F;
  const auto numbers = static_cast<float>(passed().cols());
  if (has_passed())
    scale = passed().rowwise().squaredNorm();
  else
    scale = square_sum;
  scale = (scale.array() / numbers + kSmallestMeanSquare).rsqrt();
}

}  // namespace ff
