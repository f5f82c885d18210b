#include "ff/dataset.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "amounts.hpp"
#include "ff/error.hpp"
#include "ff/idx.hpp"

namespace ff {
namespace {

// Eight bytes at a time: it must not be felt beside a minibatch. Not meant against forgers.
std::uint64_t hash(std::span<const std::uint8_t> bytes, std::uint64_t start) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  constexpr int kHalf = 32;
  std::uint64_t value = start;
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(sizeof word, bytes.size());
    std::memcpy(&word, bytes.data(), size);
    value = (value ^ word) * kOdd;
    value ^= value >> kHalf;
    bytes = bytes.subspan(size);
  }
  return value;
}

}  // namespace

DataMark mark_of(const Dataset& dataset) {
  return {.images = static_cast<std::int64_t>(dataset.count()),
          .hash = hash(dataset.labels, hash(dataset.pixels, 0))};
}

Dataset dataset_from_idx(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels,
                         std::string_view images_name, std::string_view labels_name) {
  IdxImages pictures = idx_images(images, images_name);
  Dataset dataset;
  dataset.labels = idx_labels(labels, labels_name);
  if (pictures.count != dataset.count()) {
    throw Error(std::string(labels_name) + ": the file has " + amount(dataset.count()) +
                " labels for the " + amount(pictures.count) + " images of " +
                std::string(images_name) + ", as many were expected.");
  }
  dataset.width = pictures.width;
  dataset.height = pictures.height;
  dataset.pixels = std::move(pictures.pixels);
  return dataset;
}

}  // namespace ff
