#include "ff/load_dataset.hpp"

#include <utility>

#include "ff/cifar10.hpp"
#include "ff/error.hpp"
#include "ff/gzip.hpp"
#include "ff/image_folder.hpp"
#include "files/regular_file.hpp"

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

Dataset load_idx(const std::filesystem::path& folder, std::string_view set, Split split) {
  const std::string stem = split == Split::kTrain ? "train" : "t10k";
  const NamedBytes images = read_plain_or_gzip(folder / (stem + "-images-idx3-ubyte"));
  const NamedBytes labels = read_plain_or_gzip(folder / (stem + "-labels-idx1-ubyte"));
  Dataset dataset = dataset_from_idx(images.bytes, labels.bytes, images.name, labels.name);
  dataset.classes = class_names(set);
  return dataset;
}

Dataset load(const std::filesystem::path& data, std::string_view name, Split split) {
  if (name == "folder") return load_image_folder(data, split);
  const std::filesystem::path folder = data / name;
  return name == "cifar-10" ? load_cifar10(folder, split) : load_idx(folder, name, split);
}

}  // namespace

Dataset load_dataset(const std::filesystem::path& data, std::string_view name, Split split) {
  Dataset dataset = load(data, name, split);
  const std::size_t labels = dataset.classes.size();
  if (static_cast<std::size_t>(dataset.shape.area()) < labels) {
    fail_file(data.string(), "the images of " + std::string(name) + " are " +
                                 in_words(dataset.shape) + " pixels, at least the " +
                                 std::to_string(labels) + " that hold a label were expected.");
  }
  return dataset;
}

}  // namespace ff
