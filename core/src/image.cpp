#include "ff/image.hpp"

#include <stb_image.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>

#include "crc32.hpp"
#include "ff/error.hpp"

namespace ff {
namespace {

constexpr std::array<std::uint8_t, 8> kSignature = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::array<std::uint8_t, 4> kEnd = {'I', 'E', 'N', 'D'};
constexpr int kLargestSide = 8192;
constexpr int kLuminanceAndAlpha = 2;

[[noreturn]] void fail_damaged(std::string_view name) {
  fail_file(name, "the PNG image is damaged (" + std::string(stbi_failure_reason()) + ").");
}

std::uint32_t big_endian(std::span<const std::uint8_t> bytes) {
  return std::uint32_t{bytes[0]} << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

/// stb_image neither looks at a chunk's checksum nor, before it makes room for it, whether the file
/// is as long as a chunk says.
void check_chunks(std::span<const std::uint8_t> bytes, std::string_view name) {
  constexpr std::size_t kAround = 12;  // length, type, checksum
  for (auto rest = bytes.subspan(kSignature.size()); !rest.empty();) {
    const std::uint64_t length = rest.size() < kAround ? 0 : big_endian(rest);
    if (rest.size() < kAround + length) fail_file(name, "the PNG image is truncated.");
    const auto chunk = rest.first(kAround + static_cast<std::size_t>(length));
    if (crc32(chunk.subspan(4, chunk.size() - 8)) != big_endian(chunk.last(4))) {
      fail_file(name, "the PNG image is damaged: a checksum does not match.");
    }
    if (std::equal(kEnd.begin(), kEnd.end(), chunk.begin() + 4)) return;
    rest = rest.subspan(chunk.size());
  }
  fail_file(name, "the PNG image is truncated.");
}

std::uint8_t on_white(int luminance, int alpha) {
  return static_cast<std::uint8_t>((luminance * alpha + 255 * (255 - alpha) + 127) / 255);
}

}  // namespace

GreyImage decode_png(std::span<const std::uint8_t> bytes, std::string_view name) {
  if (bytes.size() < kSignature.size() ||
      !std::equal(kSignature.begin(), kSignature.end(), bytes.begin())) {
    fail_file(name, "this is not a PNG image.");
  }
  if (bytes.size() > std::numeric_limits<int>::max())
    fail_file(name, "the PNG image is over 2 GiB.");
  check_chunks(bytes, name);
  const int size = static_cast<int>(bytes.size());
  GreyImage image;
  int channels = 0;
  if (!stbi_info_from_memory(bytes.data(), size, &image.width, &image.height, &channels)) {
    fail_damaged(name);
  }
  if (image.width > kLargestSide || image.height > kLargestSide) {
    fail_file(name, "the PNG image is " + std::to_string(image.width) + "x" +
                        std::to_string(image.height) +
                        " pixels, at most 8192 a side were expected.");
  }
  const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> decoded(
      stbi_load_from_memory(bytes.data(), size, &image.width, &image.height, &channels,
                            kLuminanceAndAlpha),
      stbi_image_free);
  if (!decoded) fail_damaged(name);
  image.pixels.resize(static_cast<std::size_t>(image.width) * image.height);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    image.pixels[i] = on_white(decoded.get()[2 * i], decoded.get()[2 * i + 1]);
  }
  return image;
}

}  // namespace ff
