#include "ff/objective.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in objective/.
#define FF_OBJECTIVES kLogistic, kPairwise, kSwish, kEntropy
extern const Objective FF_OBJECTIVES;

std::span<const Objective* const> objectives() {
  static constexpr auto kTable = table_of(FF_OBJECTIVES);
  return kTable;
}

const Objective& objective(std::string_view name) {
  return entry_of(objectives(), "objective", name);
}

}  // namespace ff
