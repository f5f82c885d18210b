#include "winograd.hpp"

#include "../rows.hpp"
#include "pieces.hpp"
#include "winograd_sums.hpp"

namespace ff {
namespace winograd {
namespace {

// [products] rooms of [panels x channels x panel's width]
void add_up_weights(const PanelMatrix& weights, Eigen::Index channels, AlignedFloats& sums) {
  const Eigen::Index panel = channels * kernels::chosen().columns;
  const Eigen::Index step = room(weights.panels() * panel);
  at_least(sums, kProducts * step);
  parallel_for(weights.panels(), [&](std::int64_t index) {
    take_sums<OfWeights, 3, 4>(spaced<3>(weights.panel(index), panel),
                               spaced<4>(sums.data() + index * panel, step), panel);
  });
}

// ---- Results --------------------------------------------------------------------------------

class Product {
 public:
  Product(const Eigen::Ref<const Matrix>& rows, const SquareFields& fields,
          const kernels::ForwardOutput& out, Eigen::Index units, WinogradMemory& memory)
      : rows_(rows), squares_{fields}, out_(out), units_(units), memory_(memory) {
    panels_ = (units + width_ - 1) / width_;
    // What is seen at once shall stay in a thread's cache, and be enough that weights are read
    // seldom.
    constexpr Eigen::Index kCached = 1 << 16;
    constexpr Eigen::Index kFewest = 4;
    at_once_ = std::min(squares_.count, std::max(kFewest, kCached / (kProducts * place_)));
    at_least(memory.nothing, place_);
  }

  // Some rows, as many as a kernel takes at once.
  void take(Eigen::Index tile, WinogradMemory::Piece& piece) const {
    const kernels::Source source{.matrix = rows_.data(),
                                 .stride = rows_.outerStride(),
                                 .columns = nullptr,
                                 .rows = rows_.rows(),
                                 .depth = rows_.cols(),
                                 .scale = nullptr};
    at_least(piece.columns, rows_.cols() * set_.rows);
    at_least(piece.inputs, kProducts * room(at_once_ * place_));
    at_least(piece.sums, kProducts * room(at_once_ * set_.rows * width_));
    set_.pack_rows(
        source, tile, tile + 1,
        {.values = piece.columns.data(), .index = nullptr, .kept = nullptr, .first_tile = tile});
    for (Eigen::Index first = 0; first < squares_.count; first += at_once_)
      take_squares(tile, first, std::min(at_once_, squares_.count - first), piece);
  }

 private:
  void take_squares(Eigen::Index tile, Eigen::Index first, Eigen::Index count,
                    WinogradMemory::Piece& piece) const {
    for (Eigen::Index index = 0; index < count; ++index)
      take_sums<OfInputs, 4, 4>(
          squares_.inputs(first + index, piece.columns.data(), place_, memory_.nothing.data()),
          spaced<4>(piece.inputs.data() + index * place_, room(count * place_)), place_);
    for (Eigen::Index panel = 0; panel < panels_; ++panel) {
      multiply(panel, count, piece);
      for (Eigen::Index index = 0; index < count; ++index)
        finish(tile, first + index, panel, piece.sums.data() + index * set_.rows * width_,
               room(count * set_.rows * width_));
    }
  }

  void multiply(Eigen::Index panel, Eigen::Index count, WinogradMemory::Piece& piece) const {
    const Eigen::Index size = squares_.channels * width_;
    for (Eigen::Index product = 0; product < kProducts; ++product) {
      const kernels::PackedRows left{.values = piece.inputs.data() + product * room(count * place_),
                                     .index = nullptr,
                                     .kept = nullptr,
                                     .rows = count * set_.rows,
                                     .depth = squares_.channels};
      const kernels::ForwardOutput sums{
          .values = piece.sums.data() + product * room(count * set_.rows * width_),
          .stride = width_,
          .columns = width_,
          .scale = nullptr,
          .bias = nullptr,
          .rectify = false,
          .square_sums = nullptr};
      set_.forward(
          left,
          {.values = memory_.weights.data() + product * room(panels_ * size) + panel * size,
           .rows = squares_.channels},
          {.first_panel = 0, .last_panel = 1, .first_tile = 0, .last_tile = count}, sums);
    }
  }

  void finish(Eigen::Index tile, Eigen::Index square, Eigen::Index panel, const float* sums,
              Eigen::Index step) const {
    alignas(32) float results[kSquare * kSquare * kWidest];
    const Eigen::Index inside = std::min<Eigen::Index>(set_.rows, rows_.rows() - tile * set_.rows);
    for (Eigen::Index row = 0; row < inside; ++row) {
      take_sums<OfProducts, 4, 2>(spaced<4>(sums + row * width_, step),
                                  spaced<2>(&results[0], kWidest), width_);
      for (Eigen::Index place = 0; place < kSquare * kSquare; ++place)
        if (const Eigen::Index field = squares_.field(square, place); field >= 0)
          put(tile * set_.rows + row, field, panel, &results[place * kWidest]);
    }
  }

  // As the kernels do with a product.
  void put(Eigen::Index row, Eigen::Index field, Eigen::Index panel, const float* results) const {
    const Eigen::Index index = field * panels_ + panel;
    const Eigen::Index count = std::min<Eigen::Index>(width_, units_ - panel * width_);
    float* to = out_.values + row * out_.stride + field * units_ + panel * width_;
    Lanes squares = Lanes::Zero();
    for (Eigen::Index at = 0; at < count; at += kLanes) {
      Lanes values = Eigen::Map<const Lanes>(results + at);
      if (out_.scale != nullptr)
        values =
            values * out_.scale[row] + Eigen::Map<const Lanes>(out_.bias + index * width_ + at);
      if (out_.rectify) values = values.max(0.0F);
      squares += values.square();
      if (at + kLanes <= count)
        Eigen::Map<Lanes>(to + at) = values;
      else
        std::copy_n(values.data(), count - at, to + at);
    }
    if (out_.square_sums != nullptr) out_.square_sums[index * rows_.rows() + row] = squares.sum();
  }

  static constexpr Eigen::Index kWidest = 64;  // of all panels

  const kernels::Set& set_ = kernels::chosen();
  const Eigen::Index width_ = set_.columns;
  const Eigen::Ref<const Matrix>& rows_;
  Squares squares_;
  const kernels::ForwardOutput& out_;
  Eigen::Index units_;  // of a field
  WinogradMemory& memory_;
  Eigen::Index panels_ = 0;
  Eigen::Index place_ = squares_.channels * set_.rows;  // numbers of a place, of some rows
  Eigen::Index at_once_ = 0;                            // squares
};

}  // namespace
}  // namespace winograd

namespace {

bool suits(Eigen::Index channels, Eigen::Index rows) {
  constexpr Eigen::Index kFewestRows = 16;  // or the sums of weights take longer than is won
  return channels % winograd::kLanes == 0 && rows >= kFewestRows &&
         kernels::chosen().columns % winograd::kLanes == 0;
}

void multiply_squares(const Eigen::Ref<const Matrix>& rows, const SquareFields& fields,
                      const PanelMatrix& weights, const kernels::ForwardOutput& out,
                      WinogradMemory& memory) {
  winograd::add_up_weights(weights, fields.below.channels, memory.weights);
  const winograd::Product product(rows, fields, out, weights.cols(), memory);
  memory.pieces.resize(std::max(memory.pieces.size(), static_cast<std::size_t>(wanted_parts())));
  over_pieces(tiles_of(rows.rows()),
              [&](Eigen::Index piece, Eigen::Index first, Eigen::Index last) {
                for (Eigen::Index tile = first; tile < last; ++tile)
                  product.take(tile, memory.pieces[static_cast<std::size_t>(piece)]);
              });
}

// [9 x units x channels] of weights [9 x channels x units]: at the place across the middle, the
// transpose.
void turn(const PanelMatrix& weights, Eigen::Index channels, PanelMatrix& turned) {
  constexpr Eigen::Index kPlaces = 9;
  const Eigen::Index units = weights.cols();
  turned.resize(kPlaces * units, channels);
  parallel_for(turned.panels(), [&](std::int64_t index) {
    const auto [first, count] = turned.units(index);
    for (Eigen::Index panel = 0; panel < weights.panels(); ++panel) {
      const Units here = weights.units(panel);
      for (Eigen::Index place = 0; place < kPlaces; ++place)
        turned.view(index).middleRows((kPlaces - 1 - place) * units + here.first, here.count) =
            weights.view(panel).middleRows(place * channels + first, count).transpose();
    }
  });
}

}  // namespace

bool suits_winograd(const ReceptiveFields& fields, Eigen::Index rows) {
  return fields.squares && suits(fields.squares->below.channels, rows);
}

bool suits_winograd_back(const ReceptiveFields& fields, Eigen::Index units, Eigen::Index rows) {
  return fields.squares && fields.squares->padding <= 2 && suits(units, rows);
}

void multiply_by_winograd(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields,
                          const PanelMatrix& weights, const kernels::ForwardOutput& out,
                          WinogradMemory& memory) {
  multiply_squares(rows, *fields.squares, weights, out, memory);
}

void multiply_back_by_winograd(const Eigen::Ref<const Matrix>& gradient,
                               const ReceptiveFields& fields, const PanelMatrix& weights,
                               const kernels::ForwardOutput& out, PanelMatrix& turned,
                               WinogradMemory& memory) {
  const auto& [below, grid, padding] = *fields.squares;
  turn(weights, below.channels, turned);
  Shape units = grid;
  units.channels = static_cast<int>(weights.cols());
  multiply_squares(gradient, {.below = units, .grid = below, .padding = 2 - padding}, turned, out,
                   memory);
}

// Square by square: the sums of all rows' inputs and deltas there, then their products.
void add_up_by_winograd(const Eigen::Ref<const Matrix>& rows, const ReceptiveFields& fields,
                        const Vector* scale, const PanelMatrix& delta, PanelMatrix& gradient,
                        WinogradMemory& memory) {
  const kernels::Set& set = kernels::chosen();
  const winograd::Squares squares{*fields.squares};
  const Eigen::Index count = rows.rows();
  const Eigen::Index channels = squares.channels;
  const Eigen::Index panels = gradient.panels();
  const Eigen::Index size = channels * set.columns;
  at_least(memory.nothing, std::max<Eigen::Index>(channels, set.columns));
  const Eigen::Index of_inputs = winograd::room(count * channels);
  const Eigen::Index of_delta = winograd::room(panels * count * set.columns);
  const Eigen::Index of_gradient = winograd::room(panels * size);
  at_least(memory.inputs, winograd::kProducts * of_inputs);
  at_least(memory.delta, winograd::kProducts * of_delta);
  at_least(memory.gradient, winograd::kProducts * of_gradient);
  std::fill_n(memory.gradient.begin(), winograd::kProducts * of_gradient, 0.0F);
  memory.left.resize(winograd::kProducts);
  for (Eigen::Index square = 0; square < squares.count; ++square) {
    over_rows(count, [&](Eigen::Index row) {
      winograd::take_sums<winograd::OfInputs, 4, 4>(
          squares.inputs(square, rows.row(row).data(), channels, memory.nothing.data()),
          winograd::spaced<4>(memory.inputs.data() + row * channels, of_inputs), channels);
      for (Eigen::Index panel = 0; panel < panels; ++panel) {
        winograd::From<2> from;
        for (Eigen::Index place = 0; place < winograd::kSquare * winograd::kSquare; ++place) {
          const Eigen::Index field = squares.field(square, place);
          from[static_cast<std::size_t>(place)] =
              field < 0 ? memory.nothing.data()
                        : delta.panel(field * panels + panel) + row * set.columns;
        }
        winograd::take_sums<winograd::OfDelta, 2, 4>(
            from,
            winograd::spaced<4>(memory.delta.data() + (panel * count + row) * set.columns,
                                of_delta),
            set.columns);
      }
    });
    parallel_for(winograd::kProducts, [&](std::int64_t product) {
      Packing& packing = memory.left[static_cast<std::size_t>(product)];
      const Eigen::Index tiles = tiles_of(channels);
      at_least(packing.values, tiles * set.rows * count);
      set.pack_transposed({.matrix = memory.inputs.data() + product * of_inputs,
                           .stride = channels,
                           .columns = nullptr,
                           .rows = channels,
                           .depth = count,
                           .scale = scale == nullptr ? nullptr : scale->data()},
                          0, tiles,
                          {.values = packing.values.data(), .index = nullptr, .kept = nullptr});
      set.add({.values = packing.values.data(),
               .index = nullptr,
               .kept = nullptr,
               .rows = channels,
               .depth = count},
              {.values = memory.delta.data() + product * of_delta, .rows = count},
              {.first_panel = 0, .last_panel = panels, .first_tile = 0, .last_tile = tiles},
              {.values = memory.gradient.data() + product * of_gradient, .rows = channels});
    });
  }
  parallel_for(panels, [&](std::int64_t panel) {
    winograd::take_sums<winograd::OfGradient, 4, 3>(
        winograd::spaced<4>(static_cast<const float*>(memory.gradient.data()) + panel * size,
                            of_gradient),
        winograd::spaced<3>(gradient.panel(panel), size), size);
  });
}

}  // namespace ff
