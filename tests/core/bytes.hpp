#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ff::test {

using Bytes = std::vector<std::uint8_t>;

inline void append(Bytes& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

inline void append_big_endian(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

inline void append_little_endian(Bytes& bytes, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// One sentence: it ends with its only full stop, and no line break is in it.
inline bool is_one_sentence(std::string_view message) {
  return message.ends_with('.') && message.find('\n') == std::string_view::npos &&
         message.find(". ") == std::string_view::npos;
}

}  // namespace ff::test
