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

kernels::PackedRows pack(Pack pack, const kernels::Source& source, Zeros zeros, Workspace& work) {
  const Eigen::Index tiles = tiles_of(source.rows);
  at_least(work.left, tiles * kernels::chosen().rows * source.depth);
  kernels::Packing out{.values = work.left.data(), .index = nullptr, .kept = nullptr};
  if (zeros == Zeros::kSkip) {
    at_least(work.index, tiles * source.depth);
    at_least(work.kept, tiles);
    out.index = work.index.data();
    out.kept = work.kept.data();
  }
  over_pieces(tiles,
              [&](Eigen::Index first, Eigen::Index last) { pack(source, first, last, out); });
  return {.values = out.values,
          .index = out.index,
          .kept = out.kept,
          .rows = source.rows,
          .depth = source.depth};
}

}  // namespace

kernels::PackedRows pack_rows(const Eigen::Ref<const Matrix>& matrix, Zeros zeros,
                              Workspace& work) {
  return pack(kernels::chosen().pack_rows,
              {.matrix = matrix.data(),
               .stride = matrix.cols(),
               .rows = matrix.rows(),
               .depth = matrix.cols(),
               .scale = nullptr},
              zeros, work);
}

kernels::PackedRows pack_transposed(const Eigen::Ref<const Matrix>& matrix, const Vector* scale,
                                    Zeros zeros, Workspace& work) {
  return pack(kernels::chosen().pack_transposed,
              {.matrix = matrix.data(),
               .stride = matrix.cols(),
               .rows = matrix.cols(),
               .depth = matrix.rows(),
               .scale = scale == nullptr ? nullptr : scale->data()},
              zeros, work);
}

void multiply(const kernels::PackedRows& left, const PanelMatrix& right,
              const kernels::ForwardOutput& out) {
  over_regions(right.panels(), tiles_of(left.rows), [&](const kernels::Region& region) {
    kernels::chosen().forward(left, right.panel(0), region, out);
  });
}

kernels::ForwardOutput plain(Eigen::Ref<Matrix> product) {
  return {.values = product.data(),
          .columns = product.cols(),
          .scale = nullptr,
          .bias = nullptr,
          .rectify = false,
          .square_sums = nullptr};
}

namespace {

// Block by block: the columns of a panel of the one are rows of the other, so that both stay in the
// cache.
void transpose(const PanelMatrix& matrix, PanelMatrix& transposed) {
  transposed.resize(matrix.cols(), matrix.rows());
  parallel_for(transposed.panels(), [&](std::int64_t panel) {
    const auto [first, count] = transposed.units(panel);
    for (Eigen::Index index = 0; index < matrix.panels(); ++index) {
      const Units here = matrix.units(index);
      transposed.view(panel).middleRows(here.first, here.count) =
          matrix.view(index).middleRows(first, count).transpose();
    }
  });
}

}  // namespace

void multiply_transposed(const Eigen::Ref<const Matrix>& left, const PanelMatrix& weights,
                         Workspace& work, const Eigen::Ref<Matrix>& product) {
  transpose(weights, work.transposed);
  multiply(pack_rows(left, Zeros::kKeep, work), work.transposed, plain(product));
}

void learn(const kernels::PackedRows& left, const PanelMatrix& right, const OptimiserStep& step,
           Parameter& weights) {
  weights.ensure_moments(step.kind);
  const kernels::UpdateOutput out{.weights = weights.panel(0),
                                  .columns = weights.cols(),
                                  .first = weights.first.panel(0),
                                  .second = weights.second.panel(0)};
  over_regions(weights.panels(), tiles_of(left.rows), [&](const kernels::Region& region) {
    kernels::chosen().update(left, right.panel(0), region, step, out);
  });
}

}  // namespace ff
