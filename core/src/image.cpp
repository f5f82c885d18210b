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

using Bytes = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> kSignature = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::array<std::uint8_t, 4> kEnd = {'I', 'E', 'N', 'D'};
constexpr int kLargestSide = 8192;

[[noreturn]] void fail_damaged(std::string_view name) {
  fail_file(name, "the PNG image is damaged (" + std::string(stbi_failure_reason()) + ").");
}

std::uint32_t big_endian(Bytes bytes) {
  return std::uint32_t{bytes[0]} << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

/// stb_image neither looks at a chunk's checksum nor, before it makes room for it, whether the file
/// is as long as a chunk says.
void check_chunks(Bytes bytes, std::string_view name) {
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

std::uint8_t on_white(int shade, int alpha) {
  return static_cast<std::uint8_t>((shade * alpha + 255 * (255 - alpha) + 127) / 255);
}

std::vector<std::uint8_t> decode(Bytes bytes, std::string_view name, int channels) {
  int width = 0;
  int height = 0;
  int in_file = 0;
  const int with_alpha = channels + 1;
  const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> decoded(
      stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height, &in_file,
                            with_alpha),
      stbi_image_free);
  if (!decoded) fail_damaged(name);
  const std::size_t size = static_cast<std::size_t>(width) * height;
  std::vector<std::uint8_t> planes;
  planes.reserve(channels * size);
  for (int channel = 0; channel < channels; ++channel) {
    const stbi_uc* end = decoded.get() + with_alpha * size;
    for (const stbi_uc* pixel = decoded.get(); pixel != end; pixel += with_alpha)
      planes.push_back(on_white(pixel[channel], pixel[channels]));
  }
  return planes;
}

}  // namespace

ImageHeader png_header(std::span<const std::uint8_t> bytes, std::string_view name) {
  if (bytes.size() < kSignature.size() ||
      !std::equal(kSignature.begin(), kSignature.end(), bytes.begin())) {
    fail_file(name, "this is not a PNG image.");
  }
  if (bytes.size() > std::numeric_limits<int>::max())
    fail_file(name, "the PNG image is over 2 GiB.");
  check_chunks(bytes, name);
  ImageHeader header;
  int channels = 0;
  if (!stbi_info_from_memory(bytes.data(), static_cast<int>(bytes.size()), &header.width,
                             &header.height, &channels)) {
    fail_damaged(name);
  }
  if (header.width > kLargestSide || header.height > kLargestSide) {
    fail_file(name, "the PNG image is " + std::to_string(header.width) + "x" +
                        std::to_string(header.height) +
                        " pixels, at most 8192 a side were expected.");
  }
  header.colour = channels >= 3;
  return header;
}

GreyImage decode_png(std::span<const std::uint8_t> bytes, std::string_view name) {
  const ImageHeader header = png_header(bytes, name);
  return {.width = header.width, .height = header.height, .pixels = decode(bytes, name, 1)};
}

std::vector<std::uint8_t> decode_png(std::span<const std::uint8_t> bytes, std::string_view name,
                                     int channels) {
  png_header(bytes, name);
  return decode(bytes, name, channels);
}

}  // namespace ff
