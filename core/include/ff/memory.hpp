#pragma once

#include <cstdint>

#include "ff/config.hpp"

namespace ff {

/// Bytes that training such a net takes at the least: its weights, and what the optimiser keeps of
/// each. `inputs`: pixels of an image.
std::int64_t training_bytes(const Config& config, int inputs);

/// Throws Error, before anything is made, when training such a net takes more than `available`
/// bytes.
void check_memory(const Config& config, int inputs, std::int64_t available);

}  // namespace ff
