#include "slow_to_compile.hpp"

#include <Eigen/Eigenvalues>

namespace ff::test {

Eigen::MatrixXd product(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) { return a * b; }

Eigen::MatrixXd principal_axes(const Eigen::MatrixXd& rows) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(rows.transpose() * rows);
  return solver.eigenvectors().rightCols(2).rowwise().reverse();
}

}  // namespace ff::test
