#pragma once

#include "bytes.hpp"

namespace ff::test {

inline Bytes image_file(std::uint32_t count, std::uint32_t rows, std::uint32_t columns,
                        std::size_t pixels) {
  Bytes bytes;
  for (const std::uint32_t word : {0x803u, count, rows, columns}) append_big_endian(bytes, word);
  for (std::size_t i = 0; i < pixels; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  return bytes;
}

inline Bytes label_file(std::uint32_t count, const Bytes& labels) {
  Bytes bytes;
  for (const std::uint32_t word : {0x801u, count}) append_big_endian(bytes, word);
  bytes.insert(bytes.end(), labels.begin(), labels.end());
  return bytes;
}

}  // namespace ff::test
