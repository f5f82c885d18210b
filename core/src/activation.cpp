#include "ff/activation.hpp"

#include <array>

namespace ff {

const Activation& activation(ActivationKind kind) {
  static const std::array<const Activation*, 3> table = {&kRelu, &kLeakyRelu, &kStudentT};
  return *table.at(static_cast<std::size_t>(kind));
}

}  // namespace ff
