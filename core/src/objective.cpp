#include "ff/objective.hpp"

#include <array>

namespace ff {

const Objective& objective(ObjectiveKind kind) {
  static const std::array<const Objective*, 4> table = {&kLogistic, &kPairwise, &kSwish, &kEntropy};
  return *table.at(static_cast<std::size_t>(kind));
}

}  // namespace ff
