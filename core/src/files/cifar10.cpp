#include "ff/cifar10.hpp"

#include <string>
#include <vector>

#include "amounts.hpp"
#include "ff/error.hpp"
#include "file_kind.hpp"
#include "regular_file.hpp"

namespace ff {
namespace {

constexpr int kSide = 32;
constexpr int kChannels = 3;
constexpr std::size_t kRecord = 1 + std::size_t{kChannels} * kSide * kSide;
constexpr int kLastClass = 9;
constexpr std::string_view kUnpacked = "cifar-10-batches-bin";

std::vector<std::string> file_names(Split split) {
  if (split == Split::kTest) return {"test_batch.bin"};
  std::vector<std::string> names;
  for (int batch = 1; batch <= 5; ++batch)
    names.push_back("data_batch_" + std::to_string(batch) + ".bin");
  return names;
}

std::filesystem::path find(const std::filesystem::path& folder, const std::string& name) {
  for (const std::filesystem::path& path : {folder / name, folder / kUnpacked / name}) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path;
  }
  fail_file((folder / name).string(),
            "there is no such file, nor one in " + std::string(kUnpacked) + "/ beside it.");
}

}  // namespace

Dataset empty_cifar10() {
  return {.shape = {.channels = kChannels, .height = kSide, .width = kSide},
          .classes = class_names("cifar-10"),
          .pixels = {},
          .labels = {}};
}

void append_cifar10(std::span<const std::uint8_t> bytes, std::string_view name, Dataset& dataset) {
  if (bytes.empty() || bytes.size() % kRecord != 0) {
    const std::string kind(kind_of_file(bytes));
    if (!kind.empty())
      fail_file(name, "this is " + kind + ", a file of CIFAR-10's binary version was expected.");
    fail_file(name, "the file has " + bytes_amount(bytes.size()) + ", whole records of " +
                        std::to_string(kRecord) +
                        " bytes were expected, a label and 32x32 coloured pixels.");
  }
  for (std::size_t at = 0; at < bytes.size(); at += kRecord) {
    const auto record = bytes.subspan(at, kRecord);
    if (record.front() > kLastClass) {
      fail_file(name, "the label of record " + std::to_string(at / kRecord) + " is " +
                          std::to_string(int{record.front()}) + ", 0 to 9 was expected.");
    }
    dataset.labels.push_back(record.front());
    dataset.pixels.insert(dataset.pixels.end(), record.begin() + 1, record.end());
  }
}

Dataset load_cifar10(const std::filesystem::path& folder, Split split) {
  Dataset dataset = empty_cifar10();
  for (const std::string& name : file_names(split)) {
    const std::filesystem::path path = find(folder, name);
    append_cifar10(read_regular_file(path), path.string(), dataset);
  }
  return dataset;
}

}  // namespace ff
