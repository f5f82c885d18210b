#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/network.hpp"

namespace ff {

/// A picture on a map that may be none of its images.
struct OnMap {
  RowVector place;  // [2]
  /// Images that point the layer most nearly the same way, by the cosine of all its directions and
  /// not of the two that are drawn; counted in the order in which they were added.
  std::vector<std::uint32_t> nearest;
};

/// Images in a plane by the direction of a layer, which is what the next layer sees: along its two
/// principal axes over the images that were added. They are shown with a neutral label, for their
/// own would part them by itself. Units are those that inspect.hpp looks at.
class DirectionMap {
 public:
  DirectionMap(const Network& network, std::size_t layer);

  /// Shows the net, the one it was made for, some more images.
  void add(const Network& network, const Dataset& data, std::span<const std::uint32_t> indices);

  /// Finds the axes by power iteration; once all images have been added.
  void find_axes();

  /// [images x 2] where the images are, in the order in which they were added, in units of the
  /// direction's length.
  Matrix places() const;
  /// Finds a picture, 0 background to 1, and so many neighbours of it, if there are as many.
  OnMap find(const Network& network, const RowVector& picture, std::size_t neighbours) const;

 private:
  RowVector along_axes(const RowVector& direction) const;

  std::size_t layer_;
  Matrix directions_;  // [images x units looked at], of length 1; less their mean with the axes
  RowVector mean_;
  Matrix axes_;  // [2 x units looked at]
};

}  // namespace ff
