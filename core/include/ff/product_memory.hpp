#pragma once

#include <cstdint>
#include <vector>

#include "ff/aligned_floats.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

/// Memory of the left side of a product, in the order in which the kernels read it.
struct Packing {
  AlignedFloats values;
  std::vector<std::uint32_t> index, kept;
};

/// Working memory of convolutions by few multiplications: of each of their products.
struct WinogradMemory {
  struct Piece {
    AlignedFloats columns;  ///< of some rows, in the order in which the kernels read them
    AlignedFloats inputs, sums;
  };
  AlignedFloats weights, inputs, delta, gradient;
  AlignedFloats nothing;      ///< seen beyond the edge
  std::vector<Piece> pieces;  ///< of a product, where each thread takes some rows
  std::vector<Packing> left;  ///< of a gradient's products
};

/// Working memory of products.
struct ProductMemory {
  WinogradMemory winograd;
  Packing left;
  std::vector<Packing> pieces;  ///< of left sides, where each thread packs its own
  PanelMatrix gradient;         ///< where it is a sum over fields
  PanelMatrix transposed;       ///< weights, for the way back
  AlignedFloats seen;           ///< what one field hears on that way
};

}  // namespace ff
