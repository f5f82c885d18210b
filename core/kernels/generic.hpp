#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "kernels.hpp"
#include "packing.hpp"

// Every kernel, written once over a vector type. An instruction set is a small struct V with
//   Type, kLanes, load, store, splat, zero, multiply, add, subtract, maximum, sum,
//   multiply_add(a, b, c) = a b + c, divide_by_root(a, b) = a / sqrt(b), and
//   kSpareRegisters: whether some are left beside a tile of sums
// and the tile that suits its registers.

namespace ff::kernels {

template <class V, int R, int C>
struct Generic {
  using Type = typename V::Type;
  static constexpr int kLanes = V::kLanes;
  static constexpr int kColumns = C * kLanes;
  using Sums = Type[R][C];

  struct Nothing {
    void operator()(int) const {}
  };

  // The heart: a tile of the result stays in registers over the whole depth. No unrolling over it:
  // the tile's own R x C independent sums already keep the multipliers busy. `meanwhile(i)`, for i
  // from 0 to R C - 1, is called at even distances on the way.
  template <bool kIndexed, class Meanwhile>
  static void multiply(const float* left, const float* right, const std::uint32_t* index,
                       Index depth, const float* start, Sums& sums, const Meanwhile& meanwhile) {
    constexpr int kStops = std::is_same_v<Meanwhile, Nothing> ? 1 : R * C;
    for (auto& row : sums)
      for (int c = 0; c < C; ++c) row[c] = V::load(start + c * kLanes);
    Index k = 0;
    for (int stop = 0; stop < kStops; ++stop) {
      for (const Index end = depth * (stop + 1) / kStops; k < end; ++k) {
        const float* from = right + (kIndexed ? static_cast<Index>(index[k]) : k) * kColumns;
        Type b[C];
        for (int c = 0; c < C; ++c) b[c] = V::load(from + c * kLanes);
        for (int r = 0; r < R; ++r) {
          const Type a = V::splat(left[r]);
          for (int c = 0; c < C; ++c) sums[r][c] = V::multiply_add(a, b[c], sums[r][c]);
        }
        left += R;
      }
      meanwhile(stop);
    }
  }

  template <class Meanwhile>
  static void multiply_tile(const PackedRows& left, Index tile, const float* panel,
                            const float* start, Sums& sums, const Meanwhile& meanwhile) {
    const Index place = tile - left.first_tile;
    const float* values = left.values + place * left.depth * R;
    if (left.index != nullptr)
      multiply<true>(values, panel, left.index + place * left.depth, left.kept[place], start, sums,
                     meanwhile);
    else
      multiply<false>(values, panel, nullptr, left.depth, start, sums, meanwhile);
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
        values[c] = V::multiply_add(values[c], V::splat(out.scale[row]),
                                    V::load(out.bias + column + c * kLanes));
      if (out.rectify) values[c] = V::maximum(values[c], V::zero());
      squares = V::multiply_add(values[c], values[c], squares);
    }
    if (out.square_sums != nullptr) out.square_sums[panel * rows + row] = V::sum(squares);
    float* to = out.values + row * out.stride + column;
    if (out.columns - column >= kColumns) {
      for (int c = 0; c < C; ++c) V::store(to + c * kLanes, values[c]);
      return;
    }
    float whole[kColumns];
    for (int c = 0; c < C; ++c) V::store(whole + c * kLanes, values[c]);
    std::copy(whole, whole + (out.columns - column), to);
  }

  alignas(64) static constexpr float kZeros[kColumns] = {};

  static void forward(const PackedRows& left, const Panels& right, const Region& region,
                      const ForwardOutput& out) {
    for (Index panel = region.first_panel; panel < region.last_panel; ++panel)
      for (Index tile = region.first_tile; tile < region.last_tile; ++tile) {
        const Index row = tile * R;
        Sums sums;
        multiply_tile(left, tile, right.values + panel * right.rows * kColumns, kZeros, sums,
                      Nothing{});
        const auto inside = static_cast<int>(std::min<Index>(R, left.rows - row));
        for (int r = 0; r < inside; ++r) finish_row(sums[r], row + r, panel, out, left.rows);
      }
  }

  // ---- Update -------------------------------------------------------------------------------

  // Gradients start from this instead of 0. Moments of weights that see no gradient, as at pixels
  // that are nearly always black, would otherwise fade into numbers too small for the processor's
  // fast path. It moves a weight by less than its last bit.
  static constexpr float kFaint = 1e-18F;

  // In memory, because every register is taken by the tile that is multiplied meanwhile.
  struct Rates {
    float keep, momentum, beta2, step, second_correction, epsilon;
  };

  static Rates rates_of(const OptimiserStep& step) {
    return {.keep = 1.0F - step.rate * step.decay,
            .momentum = 1.0F - step.momentum,
            .beta2 = 1.0F - step.beta2,
            .step = -step.rate * (step.adaptive ? step.first_correction : 1.0F),
            .second_correction = step.second_correction,
            .epsilon = OptimiserStep::kEpsilon * OptimiserStep::kEpsilon};
  }

  // moment + share (value - moment)
  static Type towards(Type moment, Type value, Type share) {
    return V::multiply_add(share, V::subtract(value, moment), moment);
  }

  template <bool kAdam>
  static void update_vector(Type gradient, const Rates& rates, const UpdateOutput& out, Index at) {
    const Type first = towards(V::load(out.first + at), gradient, V::splat(rates.momentum));
    V::store(out.first + at, first);
    Type change = V::multiply(V::splat(rates.step), first);
    if constexpr (kAdam) {
      const Type second =
          towards(V::load(out.second + at), V::multiply(gradient, gradient), V::splat(rates.beta2));
      V::store(out.second + at, second);
      change = V::divide_by_root(change, V::multiply_add(second, V::splat(rates.second_correction),
                                                         V::splat(rates.epsilon)));
    }
    V::store(out.weights + at,
             V::multiply_add(V::load(out.weights + at), V::splat(rates.keep), change));
  }

  // Parameters are asked for some tiles before they are needed.
  static constexpr Index kTilesAhead = 4;

  template <bool kAdam>
  static void fetch(const UpdateOutput& out, Index at) {
    __builtin_prefetch(out.weights + at, 1);
    __builtin_prefetch(out.first + at, 1);
    if constexpr (kAdam) __builtin_prefetch(out.second + at, 1);
  }

  // The gradient of one tile, which waits to be learnt from.
  struct Pending {
    alignas(64) float gradient[R * kColumns];
    Index at = 0;     // the tile's place among the parameters
    int vectors = 0;  // of the tile; the last one has fewer
  };

  // A tile of a gradient of `inside` rows, of parameters of `rows`.
  static void put(const Sums& sums, Index panel, Index row, Index inside, Index rows,
                  Pending& pending) {
    pending.at = (panel * rows + row) * kColumns;
    pending.vectors = static_cast<int>(std::min<Index>(R, inside - row)) * C;
    for (int r = 0; r < R; ++r)
      for (int c = 0; c < C; ++c)
        V::store(pending.gradient + r * kColumns + c * kLanes, sums[r][c]);
  }

  // Where registers are left, the parameters of one tile are updated bit by bit while the next one
  // is multiplied: reaching for memory and multiplying do not wait for each other.
  template <bool kAdam>
  static void update_all(const PackedRows& left, const Panels& right, const Region& region,
                         const Rates& rates, const UpdateOutput& out) {
    Pending pending;
    const auto learn = [&](int vector) {
      if (vector >= pending.vectors) return;
      const Index at = pending.at + vector * kLanes;
      fetch<kAdam>(out, at + kTilesAhead * R * kColumns);
      update_vector<kAdam>(V::load(pending.gradient + vector * kLanes), rates, out, at);
    };
    const auto learn_all = [&] {
      for (int vector = 0; vector < R * C; ++vector) learn(vector);
    };
    for (Index panel = region.first_panel; panel < region.last_panel; ++panel) {
      alignas(64) float start[kColumns] = {};
      std::fill_n(start, std::min<Index>(kColumns, out.columns - panel * kColumns), kFaint);
      for (Index tile = region.first_tile; tile < region.last_tile; ++tile) {
        Sums sums;
        const float* from = right.values + panel * right.rows * kColumns;
        if constexpr (V::kSpareRegisters)
          multiply_tile(left, tile, from, start, sums, learn);
        else
          multiply_tile(left, tile, from, start, sums, Nothing{});
        put(sums, panel, tile * R, left.rows, out.rows, pending);
        if constexpr (!V::kSpareRegisters) learn_all();
      }
    }
    if constexpr (V::kSpareRegisters) learn_all();
  }

  static void update(const PackedRows& left, const Panels& right, const Region& region,
                     const OptimiserStep& step, const UpdateOutput& out) {
    if (step.adaptive)
      update_all<true>(left, right, region, rates_of(step), out);
    else
      update_all<false>(left, right, region, rates_of(step), out);
  }

  // ---- Gradient -----------------------------------------------------------------------------

  static void add(const PackedRows& left, const Panels& right, const Region& region,
                  const GradientOutput& out) {
    for (Index panel = region.first_panel; panel < region.last_panel; ++panel)
      for (Index tile = region.first_tile; tile < region.last_tile; ++tile) {
        Sums sums;
        multiply_tile(left, tile, right.values + panel * right.rows * kColumns, kZeros, sums,
                      Nothing{});
        const auto inside = static_cast<int>(std::min<Index>(R, left.rows - tile * R));
        float* to = out.values + (panel * out.rows + tile * R) * kColumns;
        for (int r = 0; r < inside; ++r)
          for (int c = 0; c < C; ++c, to += kLanes) V::store(to, V::add(V::load(to), sums[r][c]));
      }
  }

  static constexpr Set set(const char* name) {
    using Pack = Packer<R, kColumns>;
    return {.name = name,
            .rows = R,
            .columns = kColumns,
            .pack_rows = Pack::template pack<false>,
            .pack_transposed = Pack::template pack<true>,
            .pack_panels = Pack::pack_panels,
            .forward = forward,
            .update = update,
            .add = add};
  }
};

}  // namespace ff::kernels
