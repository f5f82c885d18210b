#include "ff/negatives.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in negatives/.
#define FF_NEGATIVES kUniform, kHard, kHybrid
extern const Negatives FF_NEGATIVES;

std::span<const Negatives* const> all_negatives() {
  static constexpr auto kTable = table_of(FF_NEGATIVES);
  return kTable;
}

const Negatives& negatives(std::string_view name) {
  return entry_of(all_negatives(), "negatives", name);
}

}  // namespace ff
