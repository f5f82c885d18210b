#include "products.hpp"

#include <algorithm>

#include "../rows.hpp"
#include "pieces.hpp"
#include "winograd.hpp"

namespace ff {
namespace {

static_assert(ReceptiveFields::kOutside == kernels::kOutside);

// Calls part(region) for parts of a product's result: a panel, or some of its tiles where there are
// few panels.
template <class Part>
void over_regions(Eigen::Index panels, Eigen::Index tiles, const Part& part) {
  const Eigen::Index wanted = (wanted_parts() + panels - 1) / panels;
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

// ---- The left side --------------------------------------------------------------------------

struct Left {
  decltype(kernels::Set::pack_rows) pack;
  kernels::Source source;
  Zeros zeros;
};

// What a field sees of `rows`.
Left seen_by(const ReceptiveFields& fields, Eigen::Index field,
             const Eigen::Ref<const Matrix>& rows, Zeros zeros) {
  return {.pack = kernels::chosen().pack_rows,
          .source = {.matrix = rows.data(),
                     .stride = rows.outerStride(),
                     .columns = fields.columns_of(field),
                     .rows = rows.rows(),
                     .depth = fields.seen_by(field),
                     .scale = nullptr},
          .zeros = zeros};
}

// Its transpose.
Left transpose_seen_by(const ReceptiveFields& fields, Eigen::Index field,
                       const Eigen::Ref<const Matrix>& rows, const Vector* scale, Zeros zeros) {
  return {.pack = kernels::chosen().pack_transposed,
          .source = {.matrix = rows.data(),
                     .stride = rows.outerStride(),
                     .columns = fields.columns_of(field),
                     .rows = fields.seen_by(field),
                     .depth = rows.rows(),
                     .scale = scale == nullptr ? nullptr : scale->data()},
          .zeros = zeros};
}

// Room for tiles from `first` to before `last`.
kernels::Packing room_for(const Left& left, Eigen::Index first, Eigen::Index last,
                          Packing& memory) {
  const Eigen::Index tiles = last - first;
  at_least(memory.values, tiles * kernels::chosen().rows * left.source.depth);
  kernels::Packing room{
      .values = memory.values.data(), .index = nullptr, .kept = nullptr, .first_tile = first};
  if (left.zeros == Zeros::kKeep) return room;
  at_least(memory.index, tiles * left.source.depth);
  at_least(memory.kept, tiles);
  room.index = memory.index.data();
  room.kept = memory.kept.data();
  return room;
}

kernels::PackedRows packed_in(const kernels::Packing& room, const Left& left) {
  return {.values = room.values,
          .index = room.index,
          .kept = room.kept,
          .rows = left.source.rows,
          .depth = left.source.depth,
          .first_tile = room.first_tile};
}

kernels::PackedRows pack(const Left& left, Packing& memory) {
  const Eigen::Index tiles = tiles_of(left.source.rows);
  const kernels::Packing room = room_for(left, 0, tiles, memory);
  over_pieces(tiles, [&](Eigen::Index, Eigen::Index first, Eigen::Index last) {
    left.pack(left.source, first, last, room);
  });
  return packed_in(room, left);
}

// Some tiles of it, on this thread.
kernels::PackedRows pack_tiles(const Left& left, Eigen::Index first, Eigen::Index last,
                               Packing& memory) {
  const kernels::Packing room = room_for(left, first, last, memory);
  left.pack(left.source, first, last, room);
  return packed_in(room, left);
}

// ---- The right side, and the result ---------------------------------------------------------

// The panels of one set.
kernels::Panels set_of(const PanelMatrix& matrix, Eigen::Index set) {
  return {.values = matrix.panel(set * matrix.panels_in_set()), .rows = matrix.rows()};
}

// Panels in which a set has columns.
Eigen::Index panels_of(Eigen::Index columns) {
  return (columns + kernels::chosen().columns - 1) / kernels::chosen().columns;
}

// Where a field's units go.
kernels::ForwardOutput output_of(const kernels::ForwardOutput& out, const Units& units,
                                 Eigen::Index panel, Eigen::Index rows) {
  kernels::ForwardOutput part = out;
  part.values += units.first;
  part.columns = units.count;
  if (out.bias != nullptr) part.bias += panel * kernels::chosen().columns;
  if (out.square_sums != nullptr) part.square_sums += panel * rows;
  return part;
}

// Fields that share weights are many and small: each thread takes some, and so few rows of them at
// once that what is packed stays in its cache.
void multiply_shared(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields,
                     Zeros zeros, const PanelMatrix& weights, const kernels::ForwardOutput& out,
                     ProductMemory& memory) {
  constexpr Eigen::Index kCached = 1 << 17;
  const Eigen::Index tiles = tiles_of(rows.rows());
  const Eigen::Index most =
      std::max<Eigen::Index>(1, kCached / (fields.size() * kernels::chosen().rows));
  const Eigen::Index blocks = (tiles + most - 1) / most;
  at_least(memory.pieces, wanted_parts());
  const Eigen::Index units_each = weights.cols() / fields.sets();
  const Eigen::Index panels = panels_of(units_each);
  over_pieces(fields.count() * blocks, [&](Eigen::Index piece, Eigen::Index from, Eigen::Index to) {
    for (Eigen::Index job = from; job < to; ++job) {
      const Eigen::Index field = job / blocks;
      const kernels::Region region{.first_panel = 0,
                                   .last_panel = panels,
                                   .first_tile = tiles * (job % blocks) / blocks,
                                   .last_tile = tiles * (job % blocks + 1) / blocks};
      const kernels::PackedRows left =
          pack_tiles(seen_by(fields, field, rows, zeros), region.first_tile, region.last_tile,
                     memory.pieces[static_cast<std::size_t>(piece)]);
      const Units units{.first = field * units_each, .count = units_each};
      kernels::chosen().forward(left, set_of(weights, fields.set_of(field)), region,
                                output_of(out, units, field * panels, rows.rows()));
    }
  });
}

// The gradient of weights that fields share, a sum over them. Each thread has some of the weights.
void add_up(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields,
            const Vector* scale, Zeros zeros, const PanelMatrix& delta, ProductMemory& memory) {
  PanelMatrix& gradient = memory.gradient;
  gradient.clear(gradient.rows(), gradient.cols(), gradient.sets());
  const Eigen::Index tiles = tiles_of(fields.size());
  const Eigen::Index panels = gradient.panels_in_set();
  const Eigen::Index down = std::min(tiles, wanted_parts());
  const Eigen::Index across = std::min(panels, (wanted_parts() + down - 1) / down);
  at_least(memory.pieces, fields.sets() * down * across);
  parallel_for(fields.sets() * down * across, [&](std::int64_t index) {
    const Eigen::Index set = index / (down * across);
    const Eigen::Index row = index / across % down;
    const Eigen::Index column = index % across;
    const kernels::Region region{.first_panel = panels * column / across,
                                 .last_panel = panels * (column + 1) / across,
                                 .first_tile = tiles * row / down,
                                 .last_tile = tiles * (row + 1) / down};
    for (Eigen::Index field = set; field < fields.count(); field += fields.sets())
      kernels::chosen().add(
          pack_tiles(transpose_seen_by(fields, field, rows, scale, zeros), region.first_tile,
                     region.last_tile, memory.pieces[static_cast<std::size_t>(index)]),
          set_of(delta, field), region,
          {.values = gradient.panel(set * panels), .rows = gradient.rows()});
  });
}

void learn_set(const kernels::PackedRows& left, const PanelMatrix& delta, Eigen::Index set,
               const OptimiserStep& step, Parameter& weights) {
  const Eigen::Index panel = set * weights.panels_in_set();
  const kernels::UpdateOutput out{.weights = weights.panel(panel),
                                  .rows = weights.rows(),
                                  .columns = weights.units_of_set(set).count,
                                  .first = weights.first.panel(panel),
                                  .second = weights.second.panel(panel)};
  over_regions(panels_of(out.columns), tiles_of(left.rows), [&](const kernels::Region& region) {
    kernels::chosen().update(left, set_of(delta, set), region, step, out);
  });
}

// The transpose of one set, whose columns come as rows. Block by block: the columns of a panel of
// the one are rows of the other, so that both stay in the cache.
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

// Each field's part, added where its inputs are.
void multiply_back_by_fields(const Eigen::Ref<const Matrix>& gradient,
                             const ReceptiveFields& fields, const PanelMatrix& weights,
                             Eigen::Ref<Matrix> below, ProductMemory& memory) {
  below.setZero();
  const Eigen::Index turns = fields.count() / fields.sets();  // all of a set one after another
  for (Eigen::Index index = 0; index < fields.count(); ++index) {
    const Eigen::Index field = index % turns * fields.sets() + index / turns;
    const Units units = part_of(gradient.cols(), fields.count(), field);
    if (index % turns == 0) transpose(weights, fields.set_of(field), memory.transposed);
    at_least(memory.seen, gradient.rows() * memory.transposed.cols());
    Eigen::Map<Matrix> seen(memory.seen.data(), gradient.rows(), memory.transposed.cols());
    multiply(gradient.middleCols(units.first, units.count), {.columns = units.count}, Zeros::kKeep,
             memory.transposed, unchanged(seen), memory);
    const std::uint32_t* columns = fields.columns_of(field);
    over_rows(below.rows(), [&](Eigen::Index row) {
      for (Eigen::Index place = 0; place < fields.seen_by(field); ++place)
        if (columns[place] != ReceptiveFields::kOutside)
          below(row, columns[place]) += seen(row, place);
    });
  }
}

}  // namespace

void multiply(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields, Zeros zeros,
              const PanelMatrix& weights, const kernels::ForwardOutput& out,
              ProductMemory& memory) {
  if (suits_winograd(fields, rows.rows()))
    return multiply_by_winograd(rows, fields, weights, out, memory.winograd);
  if (fields.shared()) return multiply_shared(rows, fields, zeros, weights, out, memory);
  for (Eigen::Index field = 0; field < fields.count(); ++field) {
    const kernels::PackedRows left = pack(seen_by(fields, field, rows, zeros), memory.left);
    const Units units = weights.units_of_set(field);
    const kernels::ForwardOutput part =
        output_of(out, units, field * weights.panels_in_set(), left.rows);
    over_regions(panels_of(units.count), tiles_of(left.rows), [&](const kernels::Region& region) {
      kernels::chosen().forward(left, set_of(weights, field), region, part);
    });
  }
}

kernels::ForwardOutput unchanged(Eigen::Ref<Matrix> product) {
  return {.values = product.data(),
          .stride = product.outerStride(),
          .columns = product.cols(),
          .scale = nullptr,
          .bias = nullptr,
          .rectify = false,
          .square_sums = nullptr};
}

void learn(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields, const Vector* scale,
           Zeros zeros, const PanelMatrix& delta, const OptimiserStep& step, Parameter& weights,
           ProductMemory& memory) {
  if (fields.shared()) {
    memory.gradient.resize(weights.rows(), weights.cols(), weights.sets());
    if (suits_winograd(fields, rows.rows()))
      add_up_by_winograd(rows, fields, scale, delta, memory.gradient, memory.winograd);
    else
      add_up(rows, fields, scale, zeros, delta, memory);
    return update(step, 1.0F, memory.gradient, weights);
  }
  weights.ensure_moments(step.adaptive);
  ++weights.version;
  for (Eigen::Index field = 0; field < fields.count(); ++field)
    learn_set(pack(transpose_seen_by(fields, field, rows, scale, zeros), memory.left), delta, field,
              step, weights);
}

void multiply_back(const Eigen::Ref<const Matrix>& gradient, const ReceptiveFields& fields,
                   const PanelMatrix& weights, const Eigen::Ref<Matrix>& below,
                   ProductMemory& memory) {
  if (fields.inputs.empty()) {
    transpose(weights, 0, memory.transposed);
    return multiply(gradient, {.columns = gradient.cols()}, Zeros::kKeep, memory.transposed,
                    unchanged(below), memory);
  }
  if (suits_winograd_back(fields, weights.cols(), gradient.rows()))
    return multiply_back_by_winograd(gradient, fields, weights, unchanged(below), memory.transposed,
                                     memory.winograd);
  multiply_back_by_fields(gradient, fields, weights, below, memory);
}

}  // namespace ff
