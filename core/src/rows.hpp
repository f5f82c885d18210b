#pragma once

#include <algorithm>

#include "ff/matrix.hpp"
#include "ff/threads.hpp"

namespace ff {

// Calls row(index) for every one of them, on all threads.
template <class Row>
void over_rows(Eigen::Index rows, const Row& row) {
  constexpr Eigen::Index kTakenAtATime = 16;
  parallel_for((rows + kTakenAtATime - 1) / kTakenAtATime, [&](std::int64_t part) {
    const Eigen::Index first = static_cast<Eigen::Index>(part) * kTakenAtATime;
    const Eigen::Index last = std::min(rows, first + kTakenAtATime);
    for (Eigen::Index index = first; index < last; ++index) row(index);
  });
}

}  // namespace ff
