#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Natively only: in a page the browser unpacks files.
namespace ff {

/// Whether bytes begin as a gzip file does (1f 8b).
bool is_gzip(std::span<const std::uint8_t> bytes);

/// Unpacks a gzip file (RFC 1952) of one or more members, also with zeros behind as tapes and block
/// devices have them. `name` is used in error messages only. Throws Error when it is truncated or
/// damaged, when something else follows, or when it unpacks to more than `most` bytes,
/// whole MiB of them.
std::vector<std::uint8_t> gunzip(std::span<const std::uint8_t> bytes, std::string_view name,
                                 std::size_t most = std::size_t{512} << 20);

/// The bytes of a file and its name for error messages.
struct NamedBytes {
  std::string name;
  std::vector<std::uint8_t> bytes;
};

/// Unpacks a file if it is a gzip file, and says so in its name.
NamedBytes unpacked(NamedBytes file);

}  // namespace ff
