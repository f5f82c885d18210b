#pragma once

#include <algorithm>
#include <numeric>

#include "kernels.hpp"

namespace ff::kernels {

// Brings matrices into the order in which kernels of tiles of R rows and panels of kColumns read
// them.
template <int R, Index kColumns>
struct Packer {
  // How a source lies: whether it is the transpose of what is packed, and whether its columns are
  // chosen one by one. Which step is 1, the compiler shall know.
  template <bool kIsTransposed, bool kIsChosen>
  struct Layout {
    static constexpr bool kTransposed = kIsTransposed;

    static Index column(const Source& source, Index index) {
      return kIsChosen ? static_cast<Index>(source.columns[index]) : index;
    }
    static float at(const Source& source, Index row, Index k) {
      const Index place = kTransposed ? row : k;
      if (kIsChosen && source.columns[place] == kOutside) return 0.0F;
      return source.matrix[(kTransposed ? k : row) * source.stride + column(source, place)];
    }
    static float scale(const Source& source, Index k) {
      return kTransposed && source.scale != nullptr ? source.scale[k] : 1.0F;
    }
  };

  template <class Layout, bool kSkip>
  static Index pack_tile(const Source& source, Index row, float* to, std::uint32_t* index) {
    Index count = 0;
    for (Index k = 0; k < source.depth; ++k) {
      const float scale = Layout::scale(source, k);
      bool any = !kSkip;
      for (int r = 0; r < R; ++r) {
        to[r] = scale * Layout::at(source, row + r, k);
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
  template <class Layout>
  static Index pack_last_tile(const Source& source, Index row, float* to, std::uint32_t* index) {
    const Index inside = source.rows - row;
    for (Index k = 0; k < source.depth; ++k, to += R) {
      const float scale = Layout::scale(source, k);
      for (int r = 0; r < R; ++r)
        to[r] = r < inside ? scale * Layout::at(source, row + r, k) : 0.0F;
    }
    if (index != nullptr) std::iota(index, index + source.depth, 0U);
    return source.depth;
  }

  template <class Layout>
  static void pack_any(const Source& source, Index tile, const Packing& out) {
    const Index row = tile * R;
    const Index place = tile - out.first_tile;
    float* to = out.values + place * source.depth * R;
    std::uint32_t* index = out.index == nullptr ? nullptr : out.index + place * source.depth;
    Index kept = 0;
    if (source.rows - row < R)
      kept = pack_last_tile<Layout>(source, row, to, index);
    else if (index != nullptr)
      kept = pack_tile<Layout, true>(source, row, to, index);
    else
      kept = pack_tile<Layout, false>(source, row, to, index);
    if (out.kept != nullptr) out.kept[place] = static_cast<std::uint32_t>(kept);
  }

  static bool neighbours(const std::uint32_t* columns) {
    for (int r = 1; r < R; ++r)
      if (columns[r] != columns[0] + static_cast<std::uint32_t>(r)) return false;
    return true;
  }

  // Columns of a transposed tile that are neighbours are copied as such.
  template <bool kTransposed>
  static void pack_chosen(const Source& source, Index tile, const Packing& out) {
    const std::uint32_t* columns = source.columns + tile * R;
    if (kTransposed && (tile + 1) * R <= source.rows && neighbours(columns)) {
      Source moved = source;
      moved.matrix += static_cast<Index>(columns[0]) - tile * R;
      pack_any<Layout<kTransposed, false>>(moved, tile, out);
    } else {
      pack_any<Layout<kTransposed, true>>(source, tile, out);
    }
  }

  template <bool kTransposed>
  static void pack(const Source& source, Index first, Index last, const Packing& out) {
    for (Index tile = first; tile < last; ++tile)
      if (source.columns == nullptr)
        pack_any<Layout<kTransposed, false>>(source, tile, out);
      else
        pack_chosen<kTransposed>(source, tile, out);
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
