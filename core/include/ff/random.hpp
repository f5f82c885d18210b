#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace ff {

/// What a random sequence is for. Each use has its own, so none disturbs another, and each starts
/// from (seed, use, index) alone: a resumed run needs no generator state.
enum class RandomUse : std::uint64_t {
  kWeights,
  kOrder,
  kAugmentation,
  kNegatives,
  kMasks,
  kDirections,
  kDataset,
  kDamage,
  kDropout
};

/// SplitMix64 (Steele, Lea and Flood 2014). The same numbers on every platform.
class Random {
 public:
  Random(std::int64_t seed, RandomUse use, std::uint64_t index)
      : state_(mix(mix(mix(static_cast<std::uint64_t>(seed)) + static_cast<std::uint64_t>(use)) +
                   index)) {}

  std::uint64_t bits() {
    const std::uint64_t result = mix(state_);
    state_ += kGolden;
    return result;
  }

  /// Uniform in [0, 1).
  double real() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

  /// Uniform in [0, limit), limit >= 1.
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((bits() >> 32) * limit) >> 32);
  }

  /// Normal with mean 0 and variance 1 (Box and Muller).
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - real()));
    return radius * std::cos(2.0 * std::numbers::pi * real());
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;

  static std::uint64_t mix(std::uint64_t bits) {
    bits += kGolden;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
  }

  std::uint64_t state_;
};

}  // namespace ff
