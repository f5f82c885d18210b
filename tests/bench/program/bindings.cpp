// In a browser: answer(request), once loadData(test, images, labels) was given the IDX files, of
// the images to learn from and of the test set.

#include <emscripten/bind.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bench.hpp"
#include "ff/error.hpp"

namespace {

std::array<std::shared_ptr<const ff::Dataset>, 2> data;

void load_data(bool test, const emscripten::val& images, const emscripten::val& labels) {
  const auto from = [](const emscripten::val& bytes) {
    return emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes);
  };
  data[test ? 1 : 0] = std::make_shared<ff::Dataset>(
      ff::dataset_from_idx(from(images), from(labels), "images", "labels"));
}

std::shared_ptr<const ff::Dataset> images(ff::Split split) {
  const auto& found = data[split == ff::Split::kTest ? 1 : 0];
  if (!found) throw ff::Error("images: load them first.");
  return found;
}

std::string answer(const std::string& request) {
  static ff::bench::Bench bench(images);
  return bench.answer(request);
}

}  // namespace

EMSCRIPTEN_BINDINGS(bench) {
  emscripten::function("loadData(test, images, labels)", &load_data);
  emscripten::function("answer(request)", &answer);
}
