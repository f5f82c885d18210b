#pragma once

#include <string>

#include "training.hpp"

namespace ff::bench {

/// Measures what it is asked for. One object a process: it sets the number of threads.
class Bench {
 public:
  explicit Bench(const Images& images) : images_(images), training_(images) {}

  /// A JSON object in and one out. `measure` names what: "machine" (-> {"widths", "kernels",
  /// "threads"}), "peak", "kernel", "train" or "race", whose functions say what else a request
  /// holds. What is wrong with it comes back as {"error": a sentence}.
  std::string answer(const std::string& request);

 private:
  Json measure(const Json& request);

  Images images_;
  Training training_;
};

}  // namespace ff::bench
