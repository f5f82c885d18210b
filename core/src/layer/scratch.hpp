#pragma once

#include <algorithm>

#include "ff/aligned_floats.hpp"
#include "ff/matrix.hpp"

namespace ff {

// A matrix that takes one shape after another, and keeps its memory when it becomes smaller.
class Scratch {
 public:
  void resize(Eigen::Index rows, Eigen::Index columns) {
    values_.resize(std::max(values_.size(), static_cast<std::size_t>(rows * columns)));
    rows_ = rows;
    columns_ = columns;
  }

  Eigen::Map<Matrix> matrix() { return {values_.data(), rows_, columns_}; }
  Eigen::Map<const Matrix> matrix() const { return {values_.data(), rows_, columns_}; }

 private:
  AlignedFloats values_;
  Eigen::Index rows_ = 0;
  Eigen::Index columns_ = 0;
};

}  // namespace ff
