#pragma once

#include <algorithm>

#include "ff/matrix.hpp"
#include "ff/threads.hpp"

namespace ff {

inline constexpr Eigen::Index kRowsAtATime = 16;

// How many parts rows are taken in.
inline Eigen::Index row_parts(Eigen::Index rows) {
  return (rows + kRowsAtATime - 1) / kRowsAtATime;
}

// Calls use(part, row) for every row, on all threads; those of a part one after another on one.
template <class Use>
void over_row_parts(Eigen::Index rows, const Use& use) {
  parallel_for(row_parts(rows), [&](std::int64_t part) {
    const Eigen::Index first = static_cast<Eigen::Index>(part) * kRowsAtATime;
    const Eigen::Index last = std::min(rows, first + kRowsAtATime);
    for (Eigen::Index row = first; row < last; ++row) use(static_cast<Eigen::Index>(part), row);
  });
}

// Calls row(index) for every one of them, on all threads.
template <class Row>
void over_rows(Eigen::Index rows, const Row& row) {
  over_row_parts(rows, [&](Eigen::Index, Eigen::Index index) { row(index); });
}

}  // namespace ff
