#pragma once

#include <algorithm>

#include "ff/matrix.hpp"
#include "ff/threads.hpp"
#include "kernels.hpp"

namespace ff {

// Parts for all threads: enough that none waits long for the last one.
inline Eigen::Index wanted_parts() {
  constexpr Eigen::Index kEach = 4;
  return kEach * thread_count();
}

// Of as many rows as a kernel takes at once.
inline Eigen::Index tiles_of(Eigen::Index rows) {
  return (rows + kernels::chosen().rows - 1) / kernels::chosen().rows;
}

// Calls part(piece, first, last) for pieces of 0 … count - 1.
template <class Part>
void over_pieces(Eigen::Index count, const Part& part) {
  const Eigen::Index pieces = std::min(count, wanted_parts());
  parallel_for(pieces, [&](std::int64_t piece) {
    part(piece, count * piece / pieces, count * (piece + 1) / pieces);
  });
}

}  // namespace ff
