#pragma once

#include <chrono>

namespace ff::cli {

/// Seconds since it was made.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// How long images take.
struct Pace {
  double seconds = 0.0;
  double images = 0.0;

  void add(double more_seconds, double more_images) {
    seconds += more_seconds;
    images += more_images;
  }
  double seconds_an_image() const { return images > 0.0 ? seconds / images : 0.0; }
  double images_a_second() const { return seconds > 0.0 ? images / seconds : 0.0; }
};

}  // namespace ff::cli
