#include "ff/damage.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "ff/error.hpp"
#include "ff/random.hpp"

namespace ff {
namespace {

// All columns of weights in an order that is the layer's own.
std::vector<Eigen::Index> shuffled(const Network& network, std::size_t index) {
  std::vector<Eigen::Index> columns(static_cast<std::size_t>(network.layers[index].columns()));
  std::iota(columns.begin(), columns.end(), Eigen::Index{0});
  Random random(network.config.seed, RandomUse::kDamage, index);
  for (std::size_t left = columns.size(); left > 1; --left)
    std::swap(columns[left - 1], columns[random.below(static_cast<std::uint32_t>(left))]);
  return columns;
}

// Without weights and bias a unit is silent, whatever its activation.
void silence(Layer& layer, Eigen::Index column) {
  for (Eigen::Index row = 0; row < layer.weights.rows(); ++row) layer.weights(row, column) = 0.0F;
  layer.bias(0, column) = 0.0F;
}

}  // namespace

Network damaged(const Network& network, const Damage& damage) {
  const auto layers = static_cast<int>(network.layers.size());
  if (damage.black_box < 0 || damage.black_box >= layers)
    throw Error("black_box: expected a layer before the last, at most " +
                std::to_string(layers - 1) + ", got " + std::to_string(damage.black_box) + ".");
  Network copy = without_moments(network);
  if (damage.black_box > 0) copy.config.black_box = damage.black_box;
  for (std::size_t index = 0; index < copy.layers.size(); ++index) {
    std::vector<Eigen::Index> off = shuffled(network, index);
    const double share = std::clamp(damage.units_off, 0.0, 1.0);
    off.resize(static_cast<std::size_t>(std::lround(share * static_cast<double>(off.size()))));
    for (const Eigen::Index column : off) silence(copy.layers[index], column);
  }
  return copy;
}

void add_noise(double deviation, std::int64_t seed, std::uint64_t image,
               std::span<std::uint8_t> pixels) {
  constexpr double kWhite = 255.0;
  if (deviation == 0.0) return;
  Random random(seed, RandomUse::kDamage, image);
  for (std::uint8_t& pixel : pixels)
    pixel = static_cast<std::uint8_t>(
        std::lround(std::clamp(pixel + kWhite * deviation * random.normal(), 0.0, kWhite)));
}

}  // namespace ff
