#include "ff/gzip.hpp"

#include <stb_image.h>

#include <limits>
#include <string>

#include "crc32.hpp"
#include "ff/error.hpp"

namespace ff {
namespace {

constexpr std::size_t kFixedHeader = 10;
constexpr std::size_t kTrailer = 8;
constexpr std::uint64_t kLargestOutput = std::uint64_t{512} << 20;
/// Deflate's best: a match of 258 bytes in 2 bits (and some bits of block header).
constexpr std::uint64_t kDeflateLimit = 1032;

enum Flag : std::uint8_t { kHeaderCrc = 2, kExtra = 4, kName = 8, kComment = 16, kReserved = 0xe0 };

std::uint32_t little_endian(std::span<const std::uint8_t> bytes) {
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | std::uint32_t{bytes[3]} << 24;
}

/// Where the deflate stream begins: the header has optional parts (RFC 1952, section 2.3).
/// Returns more than `bytes.size()` when the file ends inside its header.
std::size_t header_size(std::span<const std::uint8_t> bytes) {
  const std::uint8_t flags = bytes[3];
  std::size_t at = kFixedHeader;
  if (flags & kExtra) {
    if (at + 2 > bytes.size()) return bytes.size() + 1;
    at += 2 + (bytes[at] | bytes[at + 1] << 8);
  }
  for (const Flag text : {kName, kComment}) {
    if (!(flags & text)) continue;
    while (at < bytes.size() && bytes[at] != 0) ++at;
    ++at;
  }
  if (flags & kHeaderCrc) at += 2;
  return at;
}

}  // namespace

bool is_gzip(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

std::vector<std::uint8_t> gunzip(std::span<const std::uint8_t> bytes, std::string_view name) {
  if (!is_gzip(bytes))
    fail_file(name, "this is not a gzip file, which begins with the bytes 1f 8b.");
  if (bytes.size() < kFixedHeader + kTrailer || header_size(bytes) + kTrailer > bytes.size()) {
    fail_file(name, "the gzip file is truncated: it ends after " + std::to_string(bytes.size()) +
                        " bytes.");
  }
  if (bytes[2] != 8 || bytes[3] & kReserved) {
    fail_file(name, "the gzip header is damaged: an unknown compression method or flag.");
  }
  // The trailer goes along as input: the decoder looks a few bits past the last code.
  const auto deflated = bytes.subspan(header_size(bytes));
  const auto trailer = bytes.last(kTrailer);
  const std::uint32_t size = little_endian(trailer.subspan(4));
  if (deflated.size() > std::numeric_limits<int>::max() || size > kLargestOutput) {
    fail_file(name, "the gzip file unpacks to " + std::to_string(size) +
                        " bytes by its own account, more than the 512 MiB allowed.");
  }
  // Without this a few bytes could ask for 512 MiB.
  const bool plausible = size <= deflated.size() * kDeflateLimit;
  // One byte more, so that the decoder gets a buffer even for nothing.
  std::vector<std::uint8_t> output(plausible ? size + std::size_t{1} : 0);
  const int written =
      !plausible
          ? -1
          : stbi_zlib_decode_noheader_buffer(
                reinterpret_cast<char*>(output.data()), static_cast<int>(size),
                reinterpret_cast<const char*>(deflated.data()), static_cast<int>(deflated.size()));
  if (written < 0 || static_cast<std::uint32_t>(written) != size) {
    fail_file(name, "the gzip file is truncated or damaged: it does not unpack to the " +
                        std::to_string(size) + " bytes that its end promises.");
  }
  output.resize(size);
  if (crc32(output) != little_endian(trailer)) {
    fail_file(name, "the gzip file is damaged: its checksum does not match.");
  }
  return output;
}

}  // namespace ff
