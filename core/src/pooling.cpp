#include "ff/pooling.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in poolings/.
#define FF_POOLINGS kMaxPooling, kMeanPooling
extern const Pooling FF_POOLINGS;

std::span<const Pooling* const> poolings() {
  static constexpr auto kTable = table_of(FF_POOLINGS);
  return kTable;
}

const Pooling& pooling(std::string_view name) { return entry_of(poolings(), "layers", name); }

}  // namespace ff
