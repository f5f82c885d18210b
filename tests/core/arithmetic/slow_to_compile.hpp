#pragma once

#include <Eigen/Core>

// What Eigen takes longer to compile than most tests, so once.

namespace ff::test {

/// a * b.
Eigen::MatrixXd product(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b);

/// The first two principal axes, by Eigen's own decomposition, the first first: [columns x 2], of
/// length 1. `rows` have a mean of 0.
Eigen::MatrixXd principal_axes(const Eigen::MatrixXd& rows);

}  // namespace ff::test
