#pragma once

#include <cstdint>

#include "ff/dataset.hpp"

namespace ff {

struct Config;

/// Bytes that training such a net takes at the least: its weights, and what the optimiser keeps of
/// each. The shape is that of its images.
std::int64_t training_bytes(const Config& config, const Shape& shape, std::size_t classes);

/// Throws Error, before anything is made, when training such a net takes more than `available`
/// bytes.
void check_memory(const Config& config, const Shape& shape, std::size_t classes,
                  std::int64_t available);

}  // namespace ff
