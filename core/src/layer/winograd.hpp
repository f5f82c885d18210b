#pragma once

#include "ff/product_memory.hpp"
#include "ff/receptive_fields.hpp"
#include "kernels.hpp"

// Convolutions of 3 x 3 fields with fewer multiplications: squares of 2 x 2 results are made of 16
// products in place of 36, of sums of inputs and sums of weights (Winograd 1980; Lavin and Gray
// 2016, section 4.1). The sums of few inputs at a time lie in memory.

namespace ff {

// Whether products of so many rows by these fields can be taken this way, and are worth it.
bool suits_winograd(const ReceptiveFields& fields, Eigen::Index rows);

// rows [rows x inputs] times weights that see by those fields, as `multiply` has it.
void multiply_by_winograd(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields,
                          const PanelMatrix& weights, const kernels::ForwardOutput& out,
                          WinogradMemory& memory);

// The same of the way back: whether it suits fields of so many units each, and gradient [rows x
// units] times the transpose of the weights, which is a convolution, too, by weights turned about
// their middle. They lie in `turned`.
bool suits_winograd_back(const ReceptiveFields& fields, Eigen::Index units, Eigen::Index rows);
void multiply_back_by_winograd(const Eigen::Ref<const Matrix>& gradient,
                               const ReceptiveFields& fields, const PanelMatrix& weights,
                               const kernels::ForwardOutput& out, PanelMatrix& turned,
                               WinogradMemory& memory);

// The gradient of such weights, as `learn` has it.
void add_up_by_winograd(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields,
                        const Vector* scale, const PanelMatrix& delta, PanelMatrix& gradient,
                        WinogradMemory& memory);

}  // namespace ff
