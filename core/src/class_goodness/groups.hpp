#pragma once

#include "../rows.hpp"
#include "ff/class_goodness.hpp"

namespace ff {

// Calls use(row, class, channels) for each class's share of the channels.
template <class Use>
void each_class(const Layer& layer, Eigen::Index rows, const Use& use) {
  over_rows(rows, [&](Eigen::Index row) {
    for (Eigen::Index label = 0; label < layer.classes; ++label)
      use(row, label, part_of(layer.shape.channels, layer.classes, label));
  });
}

// Some channels of a row at all places, [places x channels], where there are as many as in `shape`.
inline PanelView channels_of(float* row, const Shape& shape, Units channels) {
  return {row + channels.first, shape.area(), channels.count, Eigen::OuterStride<>(shape.channels)};
}
inline ConstPanelView channels_of(const float* row, const Shape& shape, Units channels) {
  return {row + channels.first, shape.area(), channels.count, Eigen::OuterStride<>(shape.channels)};
}

}  // namespace ff
