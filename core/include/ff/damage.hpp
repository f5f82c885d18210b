#pragma once

#include <cstdint>
#include <span>

#include "ff/network.hpp"

namespace ff {

/// What is done to a net to see what it bears.
struct Damage {
  double units_off = 0.0;  ///< share of every layer's units that stay silent, 0 to 1
  int black_box = 0;  ///< as in Config: after that layer, before the next; 0: as the net has it
};

/// A net like this one, with that damage; it keeps nothing of its learning. Which units are off is
/// told by the config's seed: more are off as the share rises, and none comes on again. Throws
/// Error naming black_box when no layer comes after that one.
Network damaged(const Network& network, const Damage& damage);

/// Adds noise to a picture, 0 to 255: to each pixel a number from N(0, deviation^2), where white is
/// 1. The same for the same seed and image.
void add_noise(double deviation, std::int64_t seed, std::uint64_t image,
               std::span<std::uint8_t> pixels);

}  // namespace ff
