#include "ff/activation.hpp"

namespace ff {
namespace {

constexpr float kFreedom = 3.0F;

}  // namespace

const Activation kStudentT = {
    .apply =
        [](Eigen::Ref<RowVector> units, Eigen::Ref<RowVector> slopes) {
          constexpr float kHalf = (kFreedom + 1.0F) / 2.0F;
          slopes = 2.0F * kHalf * units.array() / (kFreedom + units.array().square());
          units = kHalf * (units.array().square() / kFreedom + 1.0F).log();
        },
};

}  // namespace ff
