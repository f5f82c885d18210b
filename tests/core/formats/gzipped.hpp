#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "../bytes.hpp"

namespace ff::test {

inline std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
  std::uint32_t crc = ~0u;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

/// A gzip file around a deflate stream that unpacks to `plain`.
inline Bytes gzip_file(const Bytes& deflated, std::span<const std::uint8_t> plain) {
  Bytes file = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
  file.insert(file.end(), deflated.begin(), deflated.end());
  append_little_endian(file, crc32(plain), 4);
  append_little_endian(file, plain.size(), 4);
  return file;
}

/// Packs without compressing: deflate's stored blocks of at most 65535 bytes.
inline Bytes stored(const Bytes& plain) {
  constexpr std::size_t kBlock = 65535;
  Bytes deflated;
  for (std::size_t at = 0; at == 0 || at < plain.size(); at += kBlock) {
    const std::size_t size = std::min(kBlock, plain.size() - at);
    deflated.push_back(at + size == plain.size());
    append_little_endian(deflated, size, 2);
    append_little_endian(deflated, ~size, 2);
    deflated.insert(deflated.end(), plain.begin() + static_cast<std::ptrdiff_t>(at),
                    plain.begin() + static_cast<std::ptrdiff_t>(at + size));
  }
  return deflated;
}

inline Bytes gzipped(const Bytes& plain) { return gzip_file(stored(plain), plain); }

}  // namespace ff::test
