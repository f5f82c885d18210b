#include "products.hpp"

#include <algorithm>

#include "ff/threads.hpp"

namespace ff {
namespace {

// Parts for each thread: enough that none waits long for the last one.
constexpr Eigen::Index kParts = 4;

Eigen::Index tiles_of(Eigen::Index rows) {
  return (rows + kernels::chosen().rows - 1) / kernels::chosen().rows;
}

// Calls part(first, last) for pieces of 0 … count - 1.
template <class Part>
void over_pieces(Eigen::Index count, const Part& part) {
  const Eigen::Index pieces = std::min(count, kParts * thread_count());
  parallel_for(pieces, [&](std::int64_t piece) {
    part(count * piece / pieces, count * (piece + 1) / pieces);
  });
}

// Calls part(region) for parts of a product's result: a panel, or some of its tiles where there are
// few panels.
template <class Part>
void over_regions(Eigen::Index panels, Eigen::Index tiles, const Part& part) {
  const Eigen::Index wanted = (kParts * thread_count() + panels - 1) / panels;
  const Eigen::Index pieces = std::min(tiles, thread_count() == 1 ? 1 : wanted);
  parallel_for(panels * pieces, [&](std::int64_t index) {
    const Eigen::Index panel = index / pieces;
    const Eigen::Index piece = index % pieces;
    part(kernels::Region{.first_panel = panel,
                         .last_panel = panel + 1,
                         .first_tile = tiles * piece / pieces,
                         .last_tile = tiles * (piece + 1) / pieces});
  });
}

using Pack = void (*)(const kernels::Source&, kernels::Index, kernels::Index,
                      const kernels::Packing&);

kernels::PackedRows pack(Pack pack, const kernels::Source& source, Zeros zeros, Packing& memory) {
  const Eigen::Index tiles = tiles_of(source.rows);
  at_least(memory.values, tiles * kernels::chosen().rows * source.depth);
  kernels::Packing out{.values = memory.values.data(), .index = nullptr, .kept = nullptr};
  if (zeros == Zeros::kSkip) {
    at_least(memory.index, tiles * source.depth);
    at_least(memory.kept, tiles);
    out.index = memory.index.data();
    out.kept = memory.kept.data();
  }
  over_pieces(tiles,
              [&](Eigen::Index first, Eigen::Index last) { pack(source, first, last, out); });
  return {.values = out.values,
          .index = out.index,
          .kept = out.kept,
          .rows = source.rows,
          .depth = source.depth};
}

Eigen::Index panels_of(Eigen::Index columns) {
  return (columns + kernels::chosen().columns - 1) / kernels::chosen().columns;
}

// The panels of one set.
kernels::Panels set_of(const PanelMatrix& matrix, Eigen::Index set) {
  return {.values = matrix.panel(set * matrix.panels_in_set()), .rows = matrix.rows()};
}

}  // namespace

kernels::PackedRows pack_rows(const Eigen::Ref<const Matrix>& matrix, const Seen& seen, Zeros zeros,
                              Packing& memory) {
  return pack(kernels::chosen().pack_rows,
              {.matrix = matrix.data(),
               .stride = matrix.outerStride(),
               .columns = seen.columns,
               .rows = matrix.rows(),
               .depth = seen.count,
               .scale = nullptr},
              zeros, memory);
}

kernels::PackedRows pack_transposed(const Eigen::Ref<const Matrix>& matrix, const Seen& seen,
                                    const Vector* scale, Zeros zeros, Packing& memory) {
  return pack(kernels::chosen().pack_transposed,
              {.matrix = matrix.data(),
               .stride = matrix.outerStride(),
               .columns = seen.columns,
               .rows = seen.count,
               .depth = matrix.rows(),
               .scale = scale == nullptr ? nullptr : scale->data()},
              zeros, memory);
}

void multiply(const kernels::PackedRows& left, const PanelMatrix& right, Eigen::Index set,
              const kernels::ForwardOutput& out) {
  const auto [first, count] = right.units_of_set(set);
  const Eigen::Index panels = right.panels_in_set();
  kernels::ForwardOutput here = out;
  here.values += first;
  here.columns = count;
  if (out.bias != nullptr) here.bias += set * panels * kernels::chosen().columns;
  if (out.square_sums != nullptr) here.square_sums += set * panels * left.rows;
  over_regions(panels_of(count), tiles_of(left.rows), [&](const kernels::Region& region) {
    kernels::chosen().forward(left, set_of(right, set), region, here);
  });
}

kernels::ForwardOutput plain(Eigen::Ref<Matrix> product) {
  return {.values = product.data(),
          .stride = product.outerStride(),
          .columns = product.cols(),
          .scale = nullptr,
          .bias = nullptr,
          .rectify = false,
          .square_sums = nullptr};
}

void learn(const kernels::PackedRows& left, const PanelMatrix& right, Eigen::Index set,
           const OptimiserStep& step, Parameter& weights) {
  weights.ensure_moments(step.adaptive);
  ++weights.version;
  const Eigen::Index panel = set * weights.panels_in_set();
  const kernels::UpdateOutput out{.weights = weights.panel(panel),
                                  .rows = weights.rows(),
                                  .columns = weights.units_of_set(set).count,
                                  .first = weights.first.panel(panel),
                                  .second = weights.second.panel(panel)};
  over_regions(panels_of(out.columns), tiles_of(left.rows), [&](const kernels::Region& region) {
    kernels::chosen().update(left, set_of(right, set), region, step, out);
  });
}

// Block by block: the columns of a panel of the one are rows of the other, so that both stay in the
// cache.
void transpose(const PanelMatrix& matrix, Eigen::Index set, PanelMatrix& transposed) {
  const Units whole = matrix.units_of_set(set);
  transposed.resize(whole.count, matrix.rows());
  parallel_for(transposed.panels(), [&](std::int64_t panel) {
    const auto [first, count] = transposed.units(panel);
    for (Eigen::Index index = 0; index < matrix.panels_in_set(); ++index) {
      const Eigen::Index from = set * matrix.panels_in_set() + index;
      const Units here = matrix.units(from);
      transposed.view(panel).middleRows(here.first - whole.first, here.count) =
          matrix.view(from).middleRows(first, count).transpose();
    }
  });
}

}  // namespace ff
