#pragma once

#include <algorithm>

#include "ff/network.hpp"
#include "kernels.hpp"

// The kernels, spread over the threads, on the library's own matrices.

namespace ff {

// Only ever grows, so that steps after the first allocate nothing.
template <class Buffer>
void at_least(Buffer& buffer, Eigen::Index size) {
  buffer.resize(std::max(buffer.size(), static_cast<std::size_t>(size)));
}

enum class Zeros { kSkip, kKeep };

// The left side of a product: `matrix`, packed into the working memory.
kernels::PackedRows pack_rows(const Eigen::Ref<const Matrix>& matrix, Zeros zeros, Workspace& work);

// Its transpose; each of its rows times a factor if `scale` is not null.
kernels::PackedRows pack_transposed(const Eigen::Ref<const Matrix>& matrix, const Vector* scale,
                                    Zeros zeros, Workspace& work);

void multiply(const kernels::PackedRows& left, const PanelMatrix& right,
              const kernels::ForwardOutput& out);

// The product as it is, into `product`, which has its shape.
kernels::ForwardOutput plain(Eigen::Ref<Matrix> product);

// product [rows x inputs] = left [rows x units] times the transpose of weights [inputs x units].
void multiply_transposed(const Eigen::Ref<const Matrix>& left, const PanelMatrix& weights,
                         Workspace& work, const Eigen::Ref<Matrix>& product);

// left [inputs x rows] times right [rows x units] is the gradient; it never reaches memory.
void learn(const kernels::PackedRows& left, const PanelMatrix& right, const OptimiserStep& step,
           Parameter& weights);

}  // namespace ff
