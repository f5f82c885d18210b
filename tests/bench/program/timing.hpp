#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace ff::bench {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Seconds that a call of `work` takes, after calls that warm up caches and, in a browser, its
/// compiler. The median over handfuls of calls, each long enough for the clocks of browsers: what
/// else the machine does now and then is not counted.
template <class Work>
double seconds_a_call(double budget, const Work& work) {
  constexpr double kWarmUp = 0.5;  // of the budget
  constexpr double kHandful = 0.002;
  int calls = 0;
  Stopwatch warm_up;
  do {
    work();
    ++calls;
  } while (warm_up.seconds() < kWarmUp * budget);
  const int handful = std::max(1, static_cast<int>(kHandful * calls / warm_up.seconds()));

  std::vector<double> times;
  Stopwatch all;
  do {
    Stopwatch one;
    for (int call = 0; call < handful; ++call) work();
    times.push_back(one.seconds() / handful);
  } while (all.seconds() < budget);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

}  // namespace ff::bench
