#pragma once

#include <array>

#include "ff/receptive_fields.hpp"

// What is added up before and after the products of winograd.cpp, and where it lies.

namespace ff::winograd {

constexpr Eigen::Index kLanes = 8;
constexpr Eigen::Index kProducts = 16;
constexpr int kSquare = 2;  // results each way

using Lanes = Eigen::Array<float, kLanes, 1>;

// ---- The sums, of one direction -------------------------------------------------------------

struct OfInputs {
  static void apply(const Lanes (&in)[4], Lanes (&out)[4]) {
    out[0] = in[0] - in[2];
    out[1] = in[1] + in[2];
    out[2] = in[2] - in[1];
    out[3] = in[1] - in[3];
  }
};

struct OfWeights {
  static void apply(const Lanes (&in)[3], Lanes (&out)[4]) {
    const Lanes ends = 0.5F * (in[0] + in[2]);
    const Lanes middle = 0.5F * in[1];
    out[0] = in[0];
    out[1] = ends + middle;
    out[2] = ends - middle;
    out[3] = in[2];
  }
};

struct OfProducts {
  static void apply(const Lanes (&in)[4], Lanes (&out)[2]) {
    out[0] = in[0] + in[1] + in[2];
    out[1] = in[1] - in[2] - in[3];
  }
};

// Back from a derivative by results to one by products.
struct OfDelta {
  static void apply(const Lanes (&in)[2], Lanes (&out)[4]) {
    out[0] = in[0];
    out[1] = in[0] + in[1];
    out[2] = in[0] - in[1];
    out[3] = -in[1];
  }
};

// And from one by sums of weights to one by weights.
struct OfGradient {
  static void apply(const Lanes (&in)[4], Lanes (&out)[3]) {
    const Lanes ends = 0.5F * (in[1] + in[2]);
    out[0] = in[0] + ends;
    out[1] = 0.5F * (in[1] - in[2]);
    out[2] = ends + in[3];
  }
};

// ---- Both directions ------------------------------------------------------------------------

template <std::size_t kSide>
using From = std::array<const float*, kSide * kSide>;
template <std::size_t kSide>
using To = std::array<float*, kSide * kSide>;

// Sums of squares of numbers become squares of sums: `count` of them, side by side.
template <class Sums, std::size_t kIn, std::size_t kOut>
void take_sums(const From<kIn>& from, const To<kOut>& to, Eigen::Index count) {
  for (Eigen::Index at = 0; at < count; at += kLanes) {
    Lanes half[kIn][kOut];
    for (std::size_t right = 0; right < kIn; ++right) {
      Lanes in[kIn];
      for (std::size_t down = 0; down < kIn; ++down)
        in[down] = Eigen::Map<const Lanes>(from[down * kIn + right] + at);
      Sums::apply(in, half[right]);
    }
    for (std::size_t down = 0; down < kOut; ++down) {
      Lanes in[kIn];
      Lanes out[kOut];
      for (std::size_t right = 0; right < kIn; ++right) in[right] = half[right][down];
      Sums::apply(in, out);
      for (std::size_t right = 0; right < kOut; ++right)
        Eigen::Map<Lanes>(to[down * kOut + right] + at) = out[right];
    }
  }
}

// Room for what one of the 16 products takes or gives. What all of them have at a place is written
// at once, and would compete for the same lines of a cache, were the rooms' sizes powers of two.
constexpr Eigen::Index room(Eigen::Index numbers) {
  constexpr Eigen::Index kCacheLine = 16;
  return numbers + kCacheLine;
}

// Addresses `step` numbers apart.
template <std::size_t kSide, class Number>
std::array<Number*, kSide * kSide> spaced(Number* first, Eigen::Index step) {
  std::array<Number*, kSide * kSide> all;
  for (std::size_t index = 0; index < all.size(); ++index)
    all[index] = first + static_cast<Eigen::Index>(index) * step;
  return all;
}

// ---- Where things are -----------------------------------------------------------------------

// Squares of places, row after row, the last ones perhaps half beyond the edge.
struct Squares {
  const SquareFields& fields;
  Eigen::Index across = (fields.grid.width + kSquare - 1) / kSquare;
  Eigen::Index count = across * ((fields.grid.height + kSquare - 1) / kSquare);
  Eigen::Index channels = fields.below.channels;

  // Its inputs, 4 x 4, where a place has `size` numbers, or `nothing`.
  From<4> inputs(Eigen::Index square, const float* first, Eigen::Index size,
                 const float* nothing) const {
    const Shape& below = fields.below;
    const Eigen::Index top = square / across * kSquare - fields.padding;
    const Eigen::Index left = square % across * kSquare - fields.padding;
    From<4> all;
    for (Eigen::Index place = 0; place < kProducts; ++place) {
      const Eigen::Index y = top + place / 4;
      const Eigen::Index x = left + place % 4;
      const bool inside = y >= 0 && y < below.height && x >= 0 && x < below.width;
      all[static_cast<std::size_t>(place)] =
          inside ? first + (y * below.width + x) * size : nothing;
    }
    return all;
  }

  // Which field one of its 2 x 2 results is of; -1: beyond the edge.
  Eigen::Index field(Eigen::Index square, Eigen::Index place) const {
    const Eigen::Index y = square / across * kSquare + place / kSquare;
    const Eigen::Index x = square % across * kSquare + place % kSquare;
    return y < fields.grid.height && x < fields.grid.width ? y * fields.grid.width + x : -1;
  }
};

}  // namespace ff::winograd
