#pragma once

#include <algorithm>
#include <vector>

#include "clock.hpp"

namespace ff::bench {

using cli::Stopwatch;

/// How quick some work was.
struct Timed {
  double seconds;  ///< a call
  double peaks;    ///< what the machine could at most have done in that time, in 10^9 operations
};

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Times calls of `work`, after calls that warm up caches and, in a browser, its compiler. Medians
/// over handfuls of calls, each long enough for the clocks of browsers: what else the machine does
/// now and then is not counted. `peak()` tells between them how many 10^9 operations a second the
/// machine can do at that time, because its pace changes by the second.
template <class Work, class Peak>
Timed timed(double budget, const Work& work, const Peak& peak) {
  constexpr double kWarmUp = 0.5;  // of the budget
  constexpr double kHandful = 0.002;
  int calls = 0;
  Stopwatch warm_up;
  do {
    work();
    ++calls;
  } while (warm_up.seconds() < kWarmUp * budget);
  const int handful = std::max(1, static_cast<int>(kHandful * calls / warm_up.seconds()));

  std::vector<double> seconds;
  std::vector<double> peaks;
  Stopwatch all;
  do {
    Stopwatch one;
    for (int call = 0; call < handful; ++call) work();
    seconds.push_back(one.seconds() / handful);
    peaks.push_back(seconds.back() * peak());
  } while (all.seconds() < budget);
  return {.seconds = median(seconds), .peaks = median(peaks)};
}

}  // namespace ff::bench
