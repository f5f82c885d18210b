#include "ff/load_dataset.hpp"

#include <utility>

#include "ff/batch.hpp"
#include "ff/cifar10.hpp"
#include "ff/error.hpp"
#include "ff/gzip.hpp"
#include "ff/image_folder.hpp"
#include "regular_file.hpp"

namespace ff {
namespace {

NamedBytes read_plain_or_gzip(const std::filesystem::path& plain) {
  std::filesystem::path packed = plain;
  packed += ".gz";
  for (const std::filesystem::path& path : {plain, packed}) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
      return unpacked({.name = path.string(), .bytes = read_regular_file(path)});
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

}  // namespace

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
