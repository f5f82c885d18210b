#include "ff/goodness.hpp"

#include <array>

namespace ff {

const Goodness& goodness(GoodnessKind kind) {
  static const std::array<const Goodness*, 2> table = {&kSumOfSquares, &kMeanOfSquares};
  return *table.at(static_cast<std::size_t>(kind));
}

}  // namespace ff
