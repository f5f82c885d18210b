#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ff/image.hpp"

namespace ff {

/// Side of an MNIST image, in pixels.
inline constexpr int kDigitSide = 28;

/// Turns a drawing of any size (ink bright, background 0) into what MNIST's makers would have made
/// of it: the ink fitted into a 20x20 box keeping its proportions, anti-aliased, its centre of mass
/// moved to the middle of pixel 14 (LeCun et al. 1998). Its strokes are brought to the width usual
/// in MNIST as well, neither tearing what is thin nor closing loops, so that any pen will do.
/// Returns [28 * 28] pixels, or nothing when the brightest ink is below an eighth of full ink.
std::optional<std::vector<std::uint8_t>> digit_from_drawing(const GreyImage& drawing);

/// A photograph or scan usually has dark ink on light paper. Takes the paper's lightness from the
/// border, evenly lit or not, and makes what differs from it most, dark or light, bright on 0. A
/// picture on black stays as it is.
GreyImage ink_on_black(const GreyImage& picture);

}  // namespace ff
