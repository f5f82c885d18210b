#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ff/image.hpp"

namespace ff {

/// Side of an MNIST image, in pixels.
inline constexpr int kDigitSide = 28;

/// Turns a drawing of any size (ink bright, background 0) into what MNIST's makers would have made
/// of it: the ink fitted into a 20x20 box keeping its proportions, anti-aliased, its stroke brought
/// to the width usual in MNIST, its centre of mass moved to the middle of 28x28 (LeCun et al. 1998).
/// Returns [28 * 28] pixels, or nothing when there is no ink.
std::optional<std::vector<std::uint8_t>> digit_from_drawing(const GreyImage& drawing);

/// A photograph or scan usually has dark ink on light paper: inverts it when its border is lighter
/// than its middle ground, so that ink is bright on background 0.
GreyImage ink_on_black(const GreyImage& picture);

}  // namespace ff
