#pragma once

#include <Eigen/Core>

namespace ff {

/// A row a sample, a column a unit (or pixel).
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
/// One number a sample.
using Vector = Eigen::VectorXf;
/// One number a unit.
using RowVector = Eigen::RowVectorXf;

}  // namespace ff
