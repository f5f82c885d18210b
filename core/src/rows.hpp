#pragma once

#include <algorithm>

#include "ff/matrix.hpp"
#include "ff/threads.hpp"

namespace ff {

// How many parts rows are taken in: of 16 rows at most, and as many for each of two or four
// threads. However many there are, the parts are the same.
inline Eigen::Index row_parts(Eigen::Index rows) {
  constexpr Eigen::Index kRowsAtATime = 16;
  constexpr Eigen::Index kThreads = 4;
  const Eigen::Index fewest = (rows + kRowsAtATime - 1) / kRowsAtATime;
  return std::min(rows, (fewest + kThreads - 1) / kThreads * kThreads);
}

// Calls use(part, row) for every row, on all threads; those of a part one after another on one.
template <class Use>
void over_row_parts(Eigen::Index rows, const Use& use) {
  const Eigen::Index parts = row_parts(rows);
  parallel_for(parts, [&](std::int64_t index) {
    const auto part = static_cast<Eigen::Index>(index);
    const Eigen::Index last = rows * (part + 1) / parts;
    for (Eigen::Index row = rows * part / parts; row < last; ++row) use(part, row);
  });
}

// Calls row(index) for every one of them, on all threads.
template <class Row>
void over_rows(Eigen::Index rows, const Row& row) {
  over_row_parts(rows, [&](Eigen::Index, Eigen::Index index) { row(index); });
}

}  // namespace ff
