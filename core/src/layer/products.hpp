#pragma once

#include "ff/optimiser.hpp"
#include "ff/product_memory.hpp"
#include "ff/receptive_fields.hpp"
#include "kernels.hpp"

// The kernels, spread over the threads, on the library's own matrices. A product is taken field by
// field: what a field sees of the left side, times the set of weights it uses.

namespace ff {

enum class Zeros { kSkip, kKeep };

// rows [rows x inputs] times weights that see by those fields, each field's units where `out` has
// them among all.
void multiply(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields, Zeros zeros,
              const PanelMatrix& weights, const kernels::ForwardOutput& out, ProductMemory& memory);

// The product as it is, into `product`, which has its shape.
kernels::ForwardOutput unchanged(Eigen::Ref<Matrix> product);

// Steps such weights against their gradient, rows^T delta; each row times a factor if `scale` is
// not null. delta [rows x units] has a set for each field. The gradient reaches memory only where
// it is a sum over fields.
void learn(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields, const Vector* scale,
           Zeros zeros, const PanelMatrix& delta, const OptimiserStep& step, Parameter& weights,
           ProductMemory& memory);

// below [rows x inputs] = gradient [rows x units] times the transpose of such weights.
void multiply_back(const Eigen::Ref<const Matrix>& gradient, const ReceptiveFields& fields,
                   const PanelMatrix& weights, const Eigen::Ref<Matrix>& below,
                   ProductMemory& memory);

}  // namespace ff
