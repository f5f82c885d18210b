#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace ff {

/// What a file may hold unless more is expected of it.
inline constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 30;

/// The whole of a file, or of what comes through a pipe up to 1 GiB. Throws Error naming it when it
/// cannot be read or holds more than `limit` bytes.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path,
                                    std::uint64_t limit = kLargestFile);

/// Writes a file whole or not at all, and until it is on the disk: first under a name of its own
/// beside its place, then moved there, so that neither a crash nor a full disk leaves half a file
/// where a good one was. A symbolic link stays one, and what it leads to is written; permissions
/// stay. Throws Error naming the file and the cause; a file that is read-only stays as it is.
void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

/// Finds out beforehand that write_file() would fail, leaving everything as it was. Throws as it
/// does.
void check_writable(const std::filesystem::path& path);

}  // namespace ff
