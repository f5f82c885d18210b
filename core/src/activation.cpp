#include "ff/activation.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in activation/.
#define FF_ACTIVATIONS kRelu, kLeakyRelu, kStudentT
extern const Activation FF_ACTIVATIONS;

std::span<const Activation* const> activations() {
  static constexpr auto kTable = table_of(FF_ACTIVATIONS);
  return kTable;
}

const Activation& activation(std::string_view name) {
  return entry_of(activations(), "activation", name);
}

}  // namespace ff
