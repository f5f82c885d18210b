#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "ff/optimiser_step.hpp"

namespace ff::kernels {

using Index = std::ptrdiff_t;

/// In place of the number of a column: one of zeros.
inline constexpr std::uint32_t kOutside = UINT32_MAX;

/// The left side of a product, cut into tiles of as many rows as a kernel takes at once. A tile is
/// its columns one after another; columns in which all its rows are zero may be left out, and then
/// `index` says which ones are there.
struct PackedRows {
  const float* values;         ///< tile after tile, `depth * Set::rows` apart
  const std::uint32_t* index;  ///< [tiles x depth] the columns kept; null when all are
  const std::uint32_t* kept;   ///< [tiles] how many columns are kept; null when all are
  Index rows;                  ///< of the matrix, without what fills up the last tile
  Index depth;                 ///< columns of the matrix
  Index first_tile = 0;        ///< that is there; values, index and kept begin with it
};

/// What a left side is packed from.
struct Source {
  const float* matrix;
  Index stride;                  ///< from one row of `matrix` to the next
  const std::uint32_t* columns;  ///< of `matrix`, taken in order, or kOutside; null: the first
  Index rows;                    ///< of the product
  Index depth;                   ///< summed over
  const float* scale;            ///< [depth] a factor each, taken by pack_transposed only; null: 1
};

/// Where it is packed to: as in PackedRows. With `index`, columns of a tile that are all zero are
/// left out.
struct Packing {
  float* values;
  std::uint32_t* index;
  std::uint32_t* kept;
  Index first_tile = 0;
};

/// The right side of a product: panels, each of so many rows, of which the first `depth` count.
struct Panels {
  const float* values;
  Index rows;
};

/// What becomes of a forward product on its way out: sums * scale + bias, then perhaps the ReLU.
struct ForwardOutput {
  float* values;       ///< [rows x columns], row after row
  Index stride;        ///< from one row of `values` to the next
  Index columns;       ///< of the result, without what fills up the last panel
  const float* scale;  ///< [rows]; null: 1, and then the bias is left out as well
  const float* bias;   ///< [columns, filled up to whole panels]
  bool rectify;
  float* square_sums;  ///< [panels x rows] each row's sum of squares within a panel; null: none
};

/// What becomes of a gradient on its way out: the update of these parameters, all in panels.
struct UpdateOutput {
  float* weights;
  Index rows;     ///< of the parameters: the gradient may have fewer
  Index columns;  ///< of the gradient, without what fills up the last panel
  float* first;   ///< the optimiser's moments
  float* second;  ///< Adam only
};

/// A gradient that is added up in memory, in panels.
struct GradientOutput {
  float* values;
  Index rows;
};

/// A rectangle of a product's result: panels and tiles, each first to last - 1.
struct Region {
  Index first_panel, last_panel;
  Index first_tile, last_tile;
};

/// The packed products of one instruction set. A tile is `rows` x `columns` numbers in registers.
struct Set {
  const char* name;  ///< the instruction set, then the tile
  int rows;
  int columns;  ///< the width of a panel

  /// Tiles first to last - 1 of a matrix [rows x depth].
  void (*pack_rows)(const Source& source, Index first, Index last, const Packing& out);
  /// The same of the transpose: `source` is [depth x rows].
  void (*pack_transposed)(const Source& source, Index first, Index last, const Packing& out);
  /// Panels of `matrix` [rows x columns], filled up with zeros.
  void (*pack_panels)(const float* matrix, Index stride, Index rows, Index columns, float* panels);

  /// A region of left [rows x depth] times right [depth x columns].
  void (*forward)(const PackedRows& left, const Panels& right, const Region& region,
                  const ForwardOutput& out);
  /// The same of a gradient [rows x columns] that updates parameters on its way out.
  void (*update)(const PackedRows& left, const Panels& right, const Region& region,
                 const OptimiserStep& step, const UpdateOutput& out);
  /// Adds the same to what is there, where a gradient is a sum of products.
  void (*add)(const PackedRows& left, const Panels& right, const Region& region,
              const GradientOutput& out);
};

/// Those of this build that this machine can run, the widest first; WebAssembly has one a build.
std::span<const Set> runnable();

/// Their instruction sets, as in "avx2, plain".
std::string runnable_names();

/// The one that every product uses: the widest, or that of the instruction set (plain, avx2,
/// avx512, neon) that the environment variable FF_KERNELS names, read once. Throws Error when there
/// is none of that name.
const Set& chosen();

}  // namespace ff::kernels
