#pragma once

#include <Eigen/Core>

namespace ff::test {

/// The first two principal axes, by Eigen's own decomposition, the first first: [columns x 2], of
/// length 1. `rows` have a mean of 0.
Eigen::MatrixXd principal_axes(const Eigen::MatrixXd& rows);

}  // namespace ff::test
