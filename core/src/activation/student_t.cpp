#include "ff/activation.hpp"

namespace ff {
namespace {

constexpr float kFreedom = 3.0F;

}  // namespace

/// Minus the log density of a t distribution, but for a constant (Hinton 2022, section 6; Osindero,
/// Welling and Hinton 2006). Sums far from 0 are surprising, whatever their sign.
extern const Activation kStudentT = {
    .name = "student_t",
    .title = "Minus log t density",
    .apply =
        [](Eigen::Ref<RowVector> units, Eigen::Ref<RowVector> slopes) {
          constexpr float kHalf = (kFreedom + 1.0F) / 2.0F;
          slopes = 2.0F * kHalf * units.array() / (kFreedom + units.array().square());
          units = kHalf * (units.array().square() / kFreedom + 1.0F).log();
        },
    .below_zero = false,
};

}  // namespace ff
