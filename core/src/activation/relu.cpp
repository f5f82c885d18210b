#include "ff/activation.hpp"

namespace ff {

extern const Activation kRelu = {
    .name = "relu",
    .title = "ReLU",
    .apply = nullptr,
    .below_zero = false,
};

}  // namespace ff
