#include "ff/objective.hpp"

#include <array>

namespace ff {

const Objective& objective(ObjectiveKind kind) {
  static const std::array<const Objective*, 3> table = {&kLogistic, &kPairwise, &kSwish};
  return *table.at(static_cast<std::size_t>(kind));
}

}  // namespace ff
