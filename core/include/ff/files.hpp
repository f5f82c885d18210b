#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace ff {

/// The whole of a file. Throws Error naming it when it cannot be read or is larger than 1 GiB.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path);

/// Writes a file whole or not at all: beside its place first, then moved there, so that neither a
/// crash nor a full disk leaves half a file where a good one was. Throws Error naming it.
void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

}  // namespace ff
