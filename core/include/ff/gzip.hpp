#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ff {

/// Whether bytes begin as a gzip file does (1f 8b).
bool is_gzip(std::span<const std::uint8_t> bytes);

/// Unpacks a gzip file of one member (RFC 1952). `name` is used in error messages only. Throws
/// Error when it is truncated or damaged (size and CRC-32 are checked) or unpacks to more than 512
/// MiB.
std::vector<std::uint8_t> gunzip(std::span<const std::uint8_t> bytes, std::string_view name);

}  // namespace ff
