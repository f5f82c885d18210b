#pragma once

#include <cstdint>
#include <string>

namespace ff {

/// A number as a person reads it in a sentence: at most seven digits.
inline std::string amount(std::uint64_t count) {
  constexpr std::uint64_t kLargest = 9'999'999;
  return count <= kLargest ? std::to_string(count) : "over " + std::to_string(kLargest);
}

/// A number of bytes the same way: "512 bytes", "47 MiB".
inline std::string bytes_amount(std::uint64_t bytes) {
  constexpr std::uint64_t kExact = 9'999'999;
  constexpr std::uint64_t kMostMebibytes = 9'999;
  if (bytes <= kExact) return std::to_string(bytes) + " bytes";
  const std::uint64_t mebibytes = bytes >> 20;
  return mebibytes <= kMostMebibytes ? std::to_string(mebibytes) + " MiB"
                                     : amount(mebibytes >> 10) + " GiB";
}

}  // namespace ff
