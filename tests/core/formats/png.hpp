#pragma once

#include <string_view>

#include "gzipped.hpp"

namespace ff::test {

inline void append_chunk(Bytes& file, std::string_view type, const Bytes& data) {
  append_big_endian(file, static_cast<std::uint32_t>(data.size()));
  Bytes body;
  append(body, type);
  body.insert(body.end(), data.begin(), data.end());
  file.insert(file.end(), body.begin(), body.end());
  append_big_endian(file, crc32(body));
}

/// Puts right the checksum of a chunk that was changed: from its type on, `size` bytes.
inline void put_checksum(Bytes& file, std::size_t type, std::size_t size) {
  const std::uint32_t checksum = crc32(std::span(file).subspan(type, size));
  for (int i = 0; i < 4; ++i)
    file[type + size + i] = static_cast<std::uint8_t>(checksum >> (24 - 8 * i));
}

/// A PNG of 8 bits a sample; `rows` begin with a filter's number each.
inline Bytes png_file(int width, int height, int colour_type, const Bytes& rows) {
  Bytes header;
  append_big_endian(header, static_cast<std::uint32_t>(width));
  append_big_endian(header, static_cast<std::uint32_t>(height));
  for (const int field : {8, colour_type, 0, 0, 0})
    header.push_back(static_cast<std::uint8_t>(field));
  Bytes data = {0x78, 0x01};  // zlib's header
  const Bytes packed = stored(rows);
  data.insert(data.end(), packed.begin(), packed.end());
  std::uint32_t a = 1, b = 0;  // Adler-32
  for (const std::uint8_t byte : rows) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  append_big_endian(data, b << 16 | a);
  Bytes file = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  append_chunk(file, "IHDR", header);
  append_chunk(file, "IDAT", data);
  append_chunk(file, "IEND", {});
  return file;
}

/// A PNG whose pixels are all of one shade: grey, or with `colour` that much red.
inline Bytes png(int width, int height, std::uint8_t shade, bool colour = false) {
  Bytes rows;
  for (int y = 0; y < height; ++y) {
    rows.push_back(0);  // not filtered
    for (int x = 0; x < width; ++x) {
      rows.push_back(shade);
      if (colour) rows.insert(rows.end(), 2, 0);
    }
  }
  return png_file(width, height, colour ? 2 : 0, rows);
}

}  // namespace ff::test
