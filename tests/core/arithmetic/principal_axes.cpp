// By itself, because Eigen's decompositions take longer to compile than any of the tests.
#include "principal_axes.hpp"

#include <Eigen/Eigenvalues>

namespace ff::test {

Eigen::MatrixXd principal_axes(const Eigen::MatrixXd& rows) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(rows.transpose() * rows);
  return solver.eigenvectors().rightCols(2).rowwise().reverse();
}

}  // namespace ff::test
