#pragma once

#include <algorithm>
#include <numeric>

#include "kernels.hpp"

namespace ff::kernels {

// Brings matrices into the order in which kernels of tiles of R rows and panels of kColumns read
// them.
template <int R, Index kColumns>
struct Packer {
  // Where the numbers of a tile are: row r at depth k. Which step is 1, the compiler shall know.
  template <bool kTransposed>
  static Index place(Index stride, Index r, Index k) {
    return kTransposed ? k * stride + r : r * stride + k;
  }

  template <bool kTransposed>
  static float scale_of(const Source& source, Index k) {
    return kTransposed && source.scale != nullptr ? source.scale[k] : 1.0F;
  }

  template <bool kTransposed, bool kSkip>
  static Index pack_tile(const Source& source, const float* from, float* to, std::uint32_t* index) {
    Index count = 0;
    for (Index k = 0; k < source.depth; ++k) {
      const float scale = scale_of<kTransposed>(source, k);
      bool any = !kSkip;
      for (int r = 0; r < R; ++r) {
        to[r] = scale * from[place<kTransposed>(source.stride, r, k)];
        if constexpr (kSkip) any = any || to[r] != 0.0F;
      }
      if (!any) continue;
      if constexpr (kSkip) index[count] = static_cast<std::uint32_t>(k);
      ++count;
      to += R;
    }
    return count;
  }

  // The last tile may have fewer rows; the others are zero. It leaves out nothing.
  template <bool kTransposed>
  static Index pack_last_tile(const Source& source, const float* from, Index inside, float* to,
                              std::uint32_t* index) {
    for (Index k = 0; k < source.depth; ++k, to += R) {
      const float scale = scale_of<kTransposed>(source, k);
      for (int r = 0; r < R; ++r)
        to[r] = r < inside ? scale * from[place<kTransposed>(source.stride, r, k)] : 0.0F;
    }
    if (index != nullptr) std::iota(index, index + source.depth, 0U);
    return source.depth;
  }

  template <bool kTransposed>
  static void pack(const Source& source, Index first, Index last, const Packing& out) {
    for (Index tile = first; tile < last; ++tile) {
      const float* from = source.matrix + place<kTransposed>(source.stride, tile * R, 0);
      float* to = out.values + tile * source.depth * R;
      std::uint32_t* index = out.index == nullptr ? nullptr : out.index + tile * source.depth;
      const Index inside = source.rows - tile * R;
      Index kept = 0;
      if (inside < R)
        kept = pack_last_tile<kTransposed>(source, from, inside, to, index);
      else if (index != nullptr)
        kept = pack_tile<kTransposed, true>(source, from, to, index);
      else
        kept = pack_tile<kTransposed, false>(source, from, to, index);
      if (out.kept != nullptr) out.kept[tile] = static_cast<std::uint32_t>(kept);
    }
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
};

}  // namespace ff::kernels
