#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels.hpp"

// Every kernel, written once over a vector type. An instruction set is a small struct V with
//   Type, kLanes, load, store, splat, zero, multiply_add(a, b, c) = a b + c, multiply, add, divide,
//   square_root, maximum, sum
// and the tile that suits its registers.

namespace ff::kernels {

template <class V, int R, int C>
struct Generic {
  using Type = typename V::Type;
  static constexpr int kLanes = V::kLanes;
  static constexpr int kColumns = C * kLanes;
  using Sums = Type[R][C];

  // The heart: a tile of the result stays in registers over the whole depth. No unrolling over it:
  // the tile's own R x C independent sums already keep the multipliers busy.
  template <bool kIndexed>
  static void multiply(const float* left, const float* right, const std::uint32_t* index,
                       Index depth, Sums& sums) {
    for (auto& row : sums)
      for (Type& sum : row) sum = V::zero();
    for (Index k = 0; k < depth; ++k) {
      const float* from = right + (kIndexed ? static_cast<Index>(index[k]) : k) * kColumns;
      Type b[C];
      for (int c = 0; c < C; ++c) b[c] = V::load(from + c * kLanes);
      for (int r = 0; r < R; ++r) {
        const Type a = V::splat(left[r]);
        for (int c = 0; c < C; ++c) sums[r][c] = V::multiply_add(a, b[c], sums[r][c]);
      }
      left += R;
    }
  }

  static void multiply_tile(const PackedRows& left, Index tile, const float* panel, Sums& sums) {
    const float* values = left.values + tile * left.depth * R;
    if (left.index != nullptr)
      multiply<true>(values, panel, left.index + tile * left.depth, left.kept[tile], sums);
    else
      multiply<false>(values, panel, nullptr, left.depth, sums);
  }

  // ---- Forward ------------------------------------------------------------------------------

  static void finish_row(const Type (&sums)[C], Index row, Index panel, const ForwardOutput& out,
                         Index rows) {
    const Index column = panel * kColumns;
    Type values[C];
    Type squares = V::zero();
    for (int c = 0; c < C; ++c) {
      values[c] = sums[c];
      if (out.scale != nullptr)
        values[c] = V::maximum(V::multiply_add(values[c], V::splat(out.scale[row]),
                                               V::load(out.bias + column + c * kLanes)),
                               V::zero());
      squares = V::multiply_add(values[c], values[c], squares);
    }
    if (out.square_sums != nullptr) out.square_sums[panel * rows + row] = V::sum(squares);
    float* to = out.values + row * out.columns + column;
    if (out.columns - column >= kColumns) {
      for (int c = 0; c < C; ++c) V::store(to + c * kLanes, values[c]);
      return;
    }
    float whole[kColumns];
    for (int c = 0; c < C; ++c) V::store(whole + c * kLanes, values[c]);
    std::copy(whole, whole + (out.columns - column), to);
  }

  static void forward(const PackedRows& left, const float* panels, Index first, Index last,
                      const ForwardOutput& out) {
    for (Index panel = first; panel < last; ++panel)
      for (Index row = 0; row < left.rows; row += R) {
        Sums sums;
        multiply_tile(left, row / R, panels + panel * left.depth * kColumns, sums);
        const auto inside = static_cast<int>(std::min<Index>(R, left.rows - row));
        for (int r = 0; r < inside; ++r) finish_row(sums[r], row + r, panel, out, left.rows);
      }
  }

  // ---- Update -------------------------------------------------------------------------------

  struct Rates {
    Type keep, momentum, beta2, step, second_correction, epsilon;
  };

  static Rates rates_of(const OptimiserStep& step) {
    const bool adam = step.kind == OptimiserKind::kAdam;
    return {.keep = V::splat(1.0F - step.rate * step.decay),
            .momentum = V::splat(1.0F - step.momentum),
            .beta2 = V::splat(1.0F - step.beta2),
            .step = V::splat(-step.rate * (adam ? step.first_correction : 1.0F)),
            .second_correction = V::splat(step.second_correction),
            .epsilon = V::splat(OptimiserStep::kEpsilon)};
  }

  // moment + share (value - moment)
  static Type towards(Type moment, Type value, Type share) {
    return V::multiply_add(share, V::subtract(value, moment), moment);
  }

  template <bool kAdam>
  static void update_vector(Type gradient, const Rates& rates, const UpdateOutput& out, Index at) {
    const Type first = towards(V::load(out.first + at), gradient, rates.momentum);
    V::store(out.first + at, first);
    Type change = V::multiply(rates.step, first);
    if constexpr (kAdam) {
      const Type second =
          towards(V::load(out.second + at), V::multiply(gradient, gradient), rates.beta2);
      V::store(out.second + at, second);
      const Type root = V::square_root(V::multiply(second, rates.second_correction));
      change = V::divide(change, V::add(root, rates.epsilon));
    }
    V::store(out.weights + at, V::multiply_add(V::load(out.weights + at), rates.keep, change));
  }

  template <bool kAdam>
  static void update_all(const PackedRows& left, const float* panels, Index first, Index last,
                         const Rates& rates, const UpdateOutput& out) {
    for (Index panel = first; panel < last; ++panel)
      for (Index row = 0; row < left.rows; row += R) {
        Sums sums;
        multiply_tile(left, row / R, panels + panel * left.depth * kColumns, sums);
        const auto inside = static_cast<int>(std::min<Index>(R, left.rows - row));
        for (int r = 0; r < inside; ++r)
          for (int c = 0; c < C; ++c) {
            Type gradient = sums[r][c];
            if (row + r < out.extra_rows)
              gradient = V::add(
                  gradient,
                  V::load(out.extra + (panel * out.extra_rows + row + r) * kColumns + c * kLanes));
            update_vector<kAdam>(gradient, rates, out,
                                 (panel * left.rows + row + r) * kColumns + c * kLanes);
          }
      }
  }

  static void update(const PackedRows& left, const float* panels, Index first, Index last,
                     const OptimiserStep& step, const UpdateOutput& out) {
    if (step.kind == OptimiserKind::kAdam)
      update_all<true>(left, panels, first, last, rates_of(step), out);
    else
      update_all<false>(left, panels, first, last, rates_of(step), out);
  }

  // ---- Packing ------------------------------------------------------------------------------

  // `at(row, k)` is a number of the matrix; rows outside are zero.
  template <class At>
  static void pack(Index rows, Index depth, float* values, std::uint32_t* index,
                   std::uint32_t* kept, At at) {
    for (Index tile = 0; tile * R < rows; ++tile) {
      float* to = values + tile * depth * R;
      const auto inside = static_cast<int>(std::min<Index>(R, rows - tile * R));
      Index count = 0;
      for (Index k = 0; k < depth; ++k) {
        bool any = index == nullptr;
        for (int r = 0; r < R; ++r) {
          to[r] = r < inside ? at(tile * R + r, k) : 0.0F;
          any = any || to[r] != 0.0F;
        }
        if (!any) continue;
        if (index != nullptr) index[tile * depth + count] = static_cast<std::uint32_t>(k);
        ++count;
        to += R;
      }
      if (kept != nullptr) kept[tile] = static_cast<std::uint32_t>(count);
    }
  }

  static void pack_rows(const float* matrix, Index stride, Index rows, Index depth, float* values,
                        std::uint32_t* index, std::uint32_t* kept) {
    pack(rows, depth, values, index, kept,
         [=](Index row, Index k) { return matrix[row * stride + k]; });
  }

  static void pack_transposed(const float* matrix, Index stride, Index rows, Index depth,
                              float* values, std::uint32_t* index, std::uint32_t* kept) {
    pack(rows, depth, values, index, kept,
         [=](Index row, Index k) { return matrix[k * stride + row]; });
  }

  static void pack_panels(const float* matrix, Index stride, Index rows, Index columns,
                          float* panels) {
    for (Index column = 0; column < columns; column += kColumns) {
      const Index inside = std::min<Index>(kColumns, columns - column);
      for (Index row = 0; row < rows; ++row) {
        const float* from = matrix + row * stride + column;
        std::fill(std::copy(from, from + inside, panels), panels + kColumns, 0.0F);
        panels += kColumns;
      }
    }
  }

  static constexpr Set set(const char* name) {
    return {.name = name,
            .rows = R,
            .columns = kColumns,
            .pack_rows = pack_rows,
            .pack_transposed = pack_transposed,
            .pack_panels = pack_panels,
            .forward = forward,
            .update = update};
  }
};

}  // namespace ff::kernels
