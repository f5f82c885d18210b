#pragma once

#include <cstdint>
#include <span>

namespace ff {

/// The checksum of gzip files and PNG chunks (CRC-32, ISO-HDLC).
std::uint32_t crc32(std::span<const std::uint8_t> bytes);

}  // namespace ff
