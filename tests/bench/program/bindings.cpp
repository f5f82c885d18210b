// In a browser: answer(request), once loadData(images, labels) was given the IDX files.

#include <emscripten/bind.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench.hpp"
#include "ff/error.hpp"

namespace {

std::shared_ptr<const ff::Dataset> data;

void load_data(const emscripten::val& images, const emscripten::val& labels) {
  const auto from = [](const emscripten::val& bytes) {
    return emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes);
  };
  data = std::make_shared<ff::Dataset>(
      ff::dataset_from_idx(from(images), from(labels), "images", "labels"));
}

std::shared_ptr<const ff::Dataset> images() {
  if (!data) throw ff::Error("images: load them first.");
  return data;
}

std::string answer(const std::string& request) {
  static ff::bench::Bench bench(images);
  return bench.answer(request);
}

}  // namespace

EMSCRIPTEN_BINDINGS(bench) {
  emscripten::function("loadData(images, labels)", &load_data);
  emscripten::function("answer(request)", &answer);
}
