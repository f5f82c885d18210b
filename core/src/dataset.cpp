#include "ff/dataset.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ff/batch.hpp"
#include "ff/cifar10.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "ff/idx.hpp"
#include "ff/image_folder.hpp"

namespace ff {
namespace {

struct NamedBytes {
  std::string name;
  std::vector<std::uint8_t> bytes;
};

NamedBytes read_plain_or_gzip(const std::filesystem::path& plain) {
  std::filesystem::path packed = plain;
  packed += ".gz";
  for (const std::filesystem::path& path : {plain, packed}) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return {path.string(), read_file(path)};
  }
  throw Error(plain.string() + ": there is no such file, nor one ending in .gz.");
}

Dataset load_idx(const std::filesystem::path& folder, Split split) {
  const std::string stem = split == Split::kTrain ? "train" : "t10k";
  const NamedBytes images = read_plain_or_gzip(folder / (stem + "-images-idx3-ubyte"));
  const NamedBytes labels = read_plain_or_gzip(folder / (stem + "-labels-idx1-ubyte"));
  return dataset_from_idx(images.bytes, labels.bytes, images.name, labels.name);
}

Dataset load(const std::filesystem::path& data, std::string_view name, Split split) {
  if (name == "folder") return load_image_folder(data, split);
  const std::filesystem::path folder = data / name;
  return name == "cifar-10" ? load_cifar10(folder, split) : load_idx(folder, split);
}

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
    throw Error(std::string(labels_name) + ": the file has " + std::to_string(dataset.count()) +
                " labels for the " + std::to_string(pictures.count) + " images of " +
                std::string(images_name) + ", as many were expected.");
  }
  dataset.width = pictures.width;
  dataset.height = pictures.height;
  dataset.pixels = std::move(pictures.pixels);
  return dataset;
}

Dataset load_dataset(const std::filesystem::path& data, std::string_view name, Split split) {
  Dataset dataset = load(data, name, split);
  if (dataset.width * dataset.height < kLabels) {
    fail_file(data.string(), "the images of " + std::string(name) + " are " +
                                 std::to_string(dataset.width) + "x" +
                                 std::to_string(dataset.height) +
                                 " pixels, at least the 10 that hold a label were expected.");
  }
  return dataset;
}

}  // namespace ff
