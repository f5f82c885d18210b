#pragma once

#include <algorithm>

#include "ff/pass.hpp"
#include "kernels.hpp"

// The kernels, spread over the threads, on the library's own matrices.

namespace ff {

// Only ever grows, so that steps after the first allocate nothing.
template <class Buffer>
void at_least(Buffer& buffer, Eigen::Index size) {
  buffer.resize(std::max(buffer.size(), static_cast<std::size_t>(size)));
}

enum class Zeros { kSkip, kKeep };

// Those columns of a matrix that a set of units sees; null: so many from the first on.
struct Seen {
  const std::uint32_t* columns;
  Eigen::Index count;
};

// The left side of a product: those columns of `matrix`, packed into that memory.
kernels::PackedRows pack_rows(const Eigen::Ref<const Matrix>& matrix, const Seen& seen, Zeros zeros,
                              Packing& memory);

// Its transpose; each of the matrix's rows times a factor if `scale` is not null.
kernels::PackedRows pack_transposed(const Eigen::Ref<const Matrix>& matrix, const Seen& seen,
                                    const Vector* scale, Zeros zeros, Packing& memory);

// Left times set `set` of `right`, whose place in `out` is that among all.
void multiply(const kernels::PackedRows& left, const PanelMatrix& right, Eigen::Index set,
              const kernels::ForwardOutput& out);

// The product as it is, into `product`, which has its shape.
kernels::ForwardOutput plain(Eigen::Ref<Matrix> product);

// Left [inputs x rows] times set `set` of `right` [rows x units] is the gradient of that set of
// weights; it never reaches memory.
void learn(const kernels::PackedRows& left, const PanelMatrix& right, Eigen::Index set,
           const OptimiserStep& step, Parameter& weights);

// The transpose of one set, whose columns come as rows.
void transpose(const PanelMatrix& matrix, Eigen::Index set, PanelMatrix& transposed);

}  // namespace ff
