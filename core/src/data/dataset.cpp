#include "ff/dataset.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ff/error.hpp"
#include "ff/idx.hpp"
#include "files/amounts.hpp"

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

std::string in_words(const Shape& shape) {
  std::string size = std::to_string(shape.width) + "x" + std::to_string(shape.height);
  if (shape.channels == 1) return size;
  if (shape.channels == 3) return size + " in colour";
  return size + " in " + std::to_string(shape.channels) + " channels";
}

std::vector<std::string> class_names(std::string_view dataset) {
  if (dataset == "fashion-mnist")
    return {"T-shirt", "trousers", "pullover", "dress", "coat",
            "sandal",  "shirt",    "sneaker",  "bag",   "ankle boot"};
  if (dataset == "cifar-10")
    return {"aeroplane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "lorry"};
  return {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
}

// The low bytes of labels first: all there was when there were ten classes at most.
DataMark mark_of(const Dataset& dataset) {
  constexpr int kByte = 8;
  std::vector<std::uint8_t> low;
  std::vector<std::uint8_t> high;
  for (const std::uint16_t label : dataset.labels) {
    low.push_back(static_cast<std::uint8_t>(label));
    if (label >> kByte != 0) high.push_back(static_cast<std::uint8_t>(label >> kByte));
  }
  return {.images = static_cast<std::int64_t>(dataset.count()),
          .hash = hash(high, hash(low, hash(dataset.pixels, 0)))};
}

Dataset dataset_from_idx(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels,
                         std::string_view images_name, std::string_view labels_name) {
  IdxImages pictures = idx_images(images, images_name);
  Dataset dataset;
  const std::vector<std::uint8_t> read = idx_labels(labels, labels_name);
  dataset.labels.assign(read.begin(), read.end());
  if (pictures.count != dataset.count()) {
    throw Error(std::string(labels_name) + ": the file has " + amount(dataset.count()) +
                " labels for the " + amount(pictures.count) + " images of " +
                std::string(images_name) + ", as many were expected.");
  }
  dataset.shape = {.channels = 1, .height = pictures.height, .width = pictures.width};
  dataset.pixels = std::move(pictures.pixels);
  return dataset;
}

}  // namespace ff
