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

/// A PNG whose pixels are all of one shade: grey, or with `colour` that much red.
inline Bytes png(int width, int height, std::uint8_t shade, bool colour = false) {
  Bytes header;
  append_big_endian(header, static_cast<std::uint32_t>(width));
  append_big_endian(header, static_cast<std::uint32_t>(height));
  for (const int field : {8, colour ? 2 : 0, 0, 0, 0})  // bits, kind
    header.push_back(static_cast<std::uint8_t>(field));
  Bytes rows;
  for (int y = 0; y < height; ++y) {
    rows.push_back(0);  // not filtered
    for (int x = 0; x < width; ++x) {
      rows.push_back(shade);
      if (colour) rows.insert(rows.end(), 2, 0);
    }
  }
  Bytes data = {0x78, 0x01};  // zlib's header; its checksum is not looked at
  const Bytes packed = stored(rows);
  data.insert(data.end(), packed.begin(), packed.end());
  Bytes file = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  append_chunk(file, "IHDR", header);
  append_chunk(file, "IDAT", data);
  append_chunk(file, "IEND", {});
  return file;
}

}  // namespace ff::test
