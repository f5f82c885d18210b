#include "ff/normalisation.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in normalisations/; the first is the paper's.
#define FF_NORMALISATIONS \
  kLengthNormalisation, kBatchNormalisation, kScaledBatchNormalisation, kGroupNormalisation
extern const Normalisation FF_NORMALISATIONS;

std::span<const Normalisation* const> normalisations() {
  static constexpr auto kTable = table_of(FF_NORMALISATIONS);
  return kTable;
}

const Normalisation& normalisation(std::string_view name) {
  return entry_of(normalisations(), "normalisation", name);
}

}  // namespace ff
