#include "ff/image_folder.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ff/error.hpp"
#include "ff/picture_file.hpp"
#include "ff/random.hpp"
#include "files/amounts.hpp"
#include "files/file_kind.hpp"
#include "files/regular_file.hpp"

namespace ff {
namespace {

using Path = std::filesystem::path;
/// The images of each class by its name, both in alphabetical order.
using Classes = std::map<std::string, std::vector<Path>>;

constexpr std::size_t kTestEvery = 6;
// What keeps hostile images from taking all memory.
constexpr int kLargestFolderSide = 256;
constexpr std::size_t kLargestFile = std::size_t{1} << 20;
constexpr std::size_t kMostPixels = std::size_t{1} << 30;

struct Splits {
  Classes train, test;
};

struct LabelledFile {
  Path path;
  std::uint16_t label;
};

bool is_folder(const Path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

std::string in_lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return text;
}

/// How a file begins, as far as that tells what it is; nothing of a pipe, which could keep us
/// waiting.
std::vector<std::uint8_t> beginning(const Path& path) {
  constexpr std::size_t kTelling = 32;
  std::vector<std::uint8_t> bytes(kTelling);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  std::ifstream stream(path, std::ios::binary);
  stream.read(reinterpret_cast<char*>(bytes.data()), kTelling);
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

/// Whether something is meant as a picture, by its name or by how it begins. Those that are neither
/// PNG nor JPEG are among them: they must be refused, not left out unsaid.
bool is_picture(const Path& path) {
  constexpr std::array kEndings = {".png",  ".jpg", ".jpeg", ".gif",  ".webp", ".bmp",
                                   ".tiff", ".tif", ".heic", ".avif", ".svg"};
  const std::string ending = in_lower_case(path.extension().string());
  return std::ranges::find(kEndings, ending) != kEndings.end() ||
         kind_of_file(beginning(path)).ends_with(" image");
}

std::vector<Path> entries(const Path& folder, bool (*wanted)(const Path&)) {
  std::vector<Path> found;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (!hidden && wanted(entry->path())) found.push_back(entry->path());
  }
  if (failure) fail_file(folder.string(), "the folder cannot be read: " + failure.message() + ".");
  std::ranges::sort(found);
  return found;
}

Classes classes_in(const Path& folder) {
  const std::vector<Path> folders = entries(folder, is_folder);
  if (folders.size() < kFewestClasses || folders.size() > kMostClasses) {
    fail_file(folder.string(),
              "2 to 1000 folders of images were expected here or in both train/ and test/, "
              "there are " +
                  amount(folders.size()) + ".");
  }
  Classes classes;
  for (const Path& path : folders) {
    std::vector<Path>& images = classes[path.filename().string()] = entries(path, is_picture);
    if (images.empty()) fail_file(path.string(), "there is no PNG or JPEG image in this folder.");
  }
  return classes;
}

void check_has_classes_of(const Classes& others, const Classes& classes, const Path& folder) {
  for (const auto& [name, images] : others) {
    if (!classes.contains(name)) {
      fail_file(
          (folder / name).string(),
          "there is no such folder, train/ and test/ were expected to have the same classes.");
    }
  }
}

Splits split_by_count(const Path& folder) {
  Splits splits;
  for (const auto& [name, images] : classes_in(folder)) {
    if (images.size() < kTestEvery) {
      fail_file(
          (folder / name).string(),
          "at least 6 images were expected, of which every sixth is for the test, there are " +
              std::to_string(images.size()) + ".");
    }
    for (std::size_t i = 0; i < images.size(); ++i)
      ((i + 1) % kTestEvery == 0 ? splits.test : splits.train)[name].push_back(images[i]);
  }
  return splits;
}

/// The folder of that name, in whatever capitals.
std::optional<Path> find_folder(const Path& folder, const std::string& name) {
  for (const Path& path : entries(folder, is_folder))
    if (in_lower_case(path.filename().string()) == name) return path;
  return std::nullopt;
}

/// Of train/ without test/: a class may be called so, but then images are in it, not folders.
void check_is_class(const Path& train, const Path& folder) {
  if (!entries(train, is_picture).empty() || entries(train, is_folder).empty()) return;
  for (const char* name : {"val", "valid", "validation", "dev", "eval"}) {
    if (const auto other = find_folder(folder, name))
      fail_file(folder.string(), "there is train/ but no test/, please rename " +
                                     other->filename().string() +
                                     "/ to test/ if its images are to judge the net.");
  }
  fail_file(folder.string(),
            "there is train/ but no test/, the folder of the images that judge the net.");
}

Splits find_images(const Path& folder) {
  const auto train = find_folder(folder, "train");
  const auto test = find_folder(folder, "test");
  if (train && !test) check_is_class(*train, folder);
  if (!train || !test) return split_by_count(folder);
  Splits splits{.train = classes_in(*train), .test = classes_in(*test)};
  check_has_classes_of(splits.train, splits.test, *test);
  check_has_classes_of(splits.test, splits.train, *train);
  return splits;
}

std::vector<LabelledFile> labelled(const Classes& classes) {
  std::vector<LabelledFile> files;
  std::uint16_t label = 0;
  for (const auto& [name, images] : classes) {
    for (const Path& path : images) files.push_back({path, label});
    ++label;
  }
  return files;
}

std::vector<std::uint8_t> read_image(const Path& path) {
  auto bytes = read_regular_file(path);
  if (bytes.size() > kLargestFile)
    fail_file(path.string(), "the file is larger than 1 MiB, the most that an image may have.");
  return bytes;
}

std::string size_of(const PictureHeader& image) {
  return std::to_string(image.width) + "x" + std::to_string(image.height);
}

/// The size that all of them have, and whether any is in colour. Of both splits, which must fit the
/// same net, and before any is decoded.
PictureHeader common_header(const Splits& splits) {
  PictureHeader common;
  for (const Classes* classes : {&splits.train, &splits.test}) {
    for (const auto& [path, label] : labelled(*classes)) {
      const PictureHeader header = picture_header(read_image(path), path.string());
      if (common.width == 0) common = header;
      if (std::max(header.width, header.height) > kLargestFolderSide) {
        fail_file(path.string(),
                  "the image is " + size_of(header) + " pixels, at most 256 a side were expected.");
      }
      if (header.width != common.width || header.height != common.height) {
        fail_file(path.string(), "the image is " + size_of(header) + " pixels, " + size_of(common) +
                                     " as of the first image was expected.");
      }
      common.colour = common.colour || header.colour;
    }
  }
  return common;
}

void shuffle(std::vector<LabelledFile>& files) {
  Random random(0, RandomUse::kDataset, 0);
  for (std::size_t left = files.size(); left > 1; --left)
    std::swap(files[left - 1], files[random.below(static_cast<std::uint32_t>(left))]);
}

}  // namespace

Dataset load_image_folder(const std::filesystem::path& folder, Split split) {
  const Splits splits = find_images(folder);
  const PictureHeader header = common_header(splits);
  Dataset dataset{
      .shape = {.channels = header.colour ? 3 : 1, .height = header.height, .width = header.width},
      .classes = {},
      .pixels = {},
      .labels = {}};
  for (const auto& [name, images] : splits.train) dataset.classes.push_back(name);
  auto files = labelled(split == Split::kTrain ? splits.train : splits.test);
  if (split == Split::kTrain) shuffle(files);
  const std::size_t pixels = files.size() * static_cast<std::size_t>(dataset.shape.size());
  if (pixels > kMostPixels)
    fail_file(folder.string(),
              "the images take more than 1 GiB, fewer or smaller ones were expected.");
  dataset.pixels.reserve(pixels);
  for (const auto& [path, label] : files) {
    const auto image = decode_picture(read_image(path), path.string(), dataset.shape.channels);
    if (image.size() != static_cast<std::size_t>(dataset.shape.size()))
      fail_file(path.string(), "the image changed while the others were read.");
    dataset.pixels.insert(dataset.pixels.end(), image.begin(), image.end());
    dataset.labels.push_back(label);
  }
  return dataset;
}

}  // namespace ff
