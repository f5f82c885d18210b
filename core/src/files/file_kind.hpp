#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ff {

/// What a file is by how it begins, such as "an HTML page", for the sentence that refuses one in
/// place of another; empty where that is not known. A guess: what reads a format tries that first.
std::string_view kind_of_file(std::span<const std::uint8_t> bytes);

}  // namespace ff
