#include "ff/rule.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in rules/.
#define FF_RULES                                                                                   \
  kForwardForward, kClassGoodness, kBackpropLabel, kBackpropPairwise, kNaive, kWeightPerturbation, \
      kActivityPerturbation
extern const Rule FF_RULES;

std::span<const Rule* const> rules() {
  static constexpr auto kTable = table_of(FF_RULES);
  return kTable;
}

const Rule& rule(std::string_view name) { return entry_of(rules(), "rule", name); }

}  // namespace ff
