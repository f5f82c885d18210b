#include "ff/read_out.hpp"
#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in read_outs/.
#define FF_READ_OUTS kEveryLabel, kEveryClass, kSoftmaxReadOut
extern const ReadOut FF_READ_OUTS;

std::span<const ReadOut* const> read_outs() {
  static constexpr auto kTable = table_of(FF_READ_OUTS);
  return kTable;
}

}  // namespace ff
