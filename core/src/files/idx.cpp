#include "ff/idx.hpp"

#include <algorithm>
#include <string>

#include "amounts.hpp"
#include "ff/error.hpp"
#include "file_kind.hpp"

namespace ff {
namespace {

constexpr std::uint32_t kImageMagic = 0x00000803;
constexpr std::uint32_t kLabelMagic = 0x00000801;
constexpr std::size_t kImageHeader = 16;
constexpr std::size_t kLabelHeader = 8;
/// Keeps count * rows * columns within 64 bits.
constexpr std::uint32_t kLargestIdxSide = 65536;
constexpr int kLargestLabel = 9;

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
}

std::string kind(std::uint32_t magic) {
  return magic == kImageMagic ? "IDX image file" : "IDX label file";
}

void check_header(std::span<const std::uint8_t> bytes, std::uint32_t magic, std::size_t header,
                  std::string_view name) {
  const bool fits = bytes.size() >= 4 && big_endian(bytes, 0) == magic;
  if (fits && bytes.size() >= header) return;
  if (fits) {
    fail_file(name, "the file is truncated: its " + std::to_string(bytes.size()) +
                        " bytes do not hold the " + std::to_string(header) + "-byte header of an " +
                        kind(magic) + ".");
  }
  const std::string found(kind_of_file(bytes));
  fail_file(name, found.empty() ? "this is not an " + kind(magic) + "."
                                : "this is " + found + ", an " + kind(magic) + " was expected.");
}

void check_size(std::uint64_t promised, std::size_t found, const std::string& promise,
                std::string_view name) {
  if (promised == found) return;
  fail_file(name, "the header promises " + promise + " (" + bytes_amount(promised) +
                      "), the file has " + bytes_amount(found) + ".");
}

}  // namespace

IdxImages idx_images(std::span<const std::uint8_t> bytes, std::string_view name) {
  check_header(bytes, kImageMagic, kImageHeader, name);
  const std::uint64_t count = big_endian(bytes, 4);
  const std::uint32_t rows = big_endian(bytes, 8);
  const std::uint32_t columns = big_endian(bytes, 12);
  if (rows > kLargestIdxSide || columns > kLargestIdxSide)
    fail_file(name, "the header promises images of more than 65536 pixels a side.");
  const std::string promise =
      amount(count) + " images of " + std::to_string(columns) + "x" + std::to_string(rows);
  if (count == 0 || rows == 0 || columns == 0) {
    fail_file(name, "the header promises " + promise + ", at least one image was expected.");
  }
  check_size(kImageHeader + count * rows * columns, bytes.size(), promise, name);
  return {static_cast<std::size_t>(count),
          static_cast<int>(columns),
          static_cast<int>(rows),
          {bytes.begin() + kImageHeader, bytes.end()}};
}

std::vector<std::uint8_t> idx_labels(std::span<const std::uint8_t> bytes, std::string_view name) {
  check_header(bytes, kLabelMagic, kLabelHeader, name);
  const std::uint64_t count = big_endian(bytes, 4);
  if (count == 0) fail_file(name, "the header promises 0 labels, at least one was expected.");
  check_size(kLabelHeader + count, bytes.size(), amount(count) + " labels", name);
  const auto labels = bytes.subspan(kLabelHeader);
  const auto wrong = std::ranges::find_if(labels, [](int label) { return label > kLargestLabel; });
  if (wrong != labels.end()) {
    fail_file(name, "label " + amount(static_cast<std::uint64_t>(wrong - labels.begin())) + " is " +
                        std::to_string(int{*wrong}) + ", 0 to 9 was expected.");
  }
  return {labels.begin(), labels.end()};
}

}  // namespace ff
