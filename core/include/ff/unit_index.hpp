#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/network.hpp"

namespace ff {

/// What lights each unit of a net, over images each shown with its true label: the units that
/// inspect.hpp looks at. It keeps nine images and a mean a class for each, about 100 bytes.
class UnitIndex {
 public:
  static constexpr std::size_t kBest = 9;

  /// An image, and how active a unit is when it is shown.
  struct Lit {
    std::uint32_t image;
    float activity;
  };

  explicit UnitIndex(const Network& network);

  /// Shows the net, the one it was made for, some more images.
  void add(const Network& network, const Dataset& data, std::span<const std::uint32_t> indices);

  /// Those that light the unit at that place (unit_at) most, the brightest first; none that leaves
  /// it silent.
  std::span<const Lit> best(std::size_t layer, Eigen::Index place) const;
  /// [classes] its mean activity when shown the images of each; 0 for a class without any.
  RowVector means(std::size_t layer, Eigen::Index place) const;

  std::int64_t images() const { return static_cast<std::int64_t>(counts_.sum()); }

 private:
  void keep(std::size_t layer, Eigen::Index place, const Lit& lit);

  std::vector<Matrix> sums_;                         // [layers] [units looked at x classes]
  std::vector<std::vector<std::vector<Lit>>> best_;  // [layers] [units looked at] in order
  RowVector counts_;                                 // [classes] images added
};

}  // namespace ff
