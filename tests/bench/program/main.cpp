// Natively: a request a line on standard input, its answer as a line on standard output.

#include <cstdlib>
#include <iostream>
#include <string>

#include "bench.hpp"
#include "ff/error.hpp"
#include "ff/load_dataset.hpp"

namespace {

std::shared_ptr<const ff::Dataset> images(ff::Split split) {
  const char* folder = std::getenv("FF_DATA");
  if (folder == nullptr) throw ff::Error("FF_DATA: expected the folder of data sets.");
  return std::make_shared<ff::Dataset>(ff::load_dataset(folder, "mnist", split));
}

}  // namespace

int main() {
  ff::bench::Bench bench(images);
  for (std::string request; std::getline(std::cin, request);)
    std::cout << bench.answer(request) << std::endl;
  return std::cout ? 0 : 1;
}
