#include "ff/activation.hpp"

namespace ff {
namespace {

constexpr float kLeak = 0.1F;

}  // namespace

const Activation kLeakyRelu = {
    .apply =
        [](Eigen::Ref<RowVector> units, Eigen::Ref<RowVector> slopes) {
          slopes = units.unaryExpr([](float sum) { return sum > 0.0F ? 1.0F : kLeak; });
          units.array() *= slopes.array();
        },
};

}  // namespace ff
