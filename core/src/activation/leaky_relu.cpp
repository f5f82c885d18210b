#include "ff/activation.hpp"

namespace ff {
namespace {

constexpr float kLeak = 0.1F;

}  // namespace

/// A tenth of what is below zero passes.
extern const Activation kLeakyRelu = {
    .name = "leaky_relu",
    .title = "Leaky ReLU",
    .apply =
        [](Eigen::Ref<RowVector> units, Eigen::Ref<RowVector> slopes) {
          slopes = units.unaryExpr([](float sum) { return sum > 0.0F ? 1.0F : kLeak; });
          units.array() *= slopes.array();
        },
    .below_zero = true,
};

}  // namespace ff
