#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ff/network.hpp"

// Looks inside a net. Nothing here touches a weight. A picture is a row of pixels, 0 background to
// 1; shown with kNeutral where labels are not written into images.

namespace ff {

/// The most units of a layer that are looked at one by one.
inline constexpr Eigen::Index kMostLookedAt = 1000;

/// How many of so many units are looked at: all, or as many as kMostLookedAt, spread evenly.
inline Eigen::Index looked_at(Eigen::Index units) { return std::min(units, kMostLookedAt); }
/// Which unit is at that place among them.
inline Eigen::Index unit_at(Eigen::Index place, Eigen::Index units) {
  return place * units / looked_at(units);
}

/// A picture from bytes, 255 being white, as a batch has it.
RowVector picture_from(std::span<const std::uint8_t> pixels);

/// A layer while one picture is shown under some labels.
struct LayerView {
  Matrix activity;  ///< [labels x units looked at]
  Matrix adds;      ///< [labels x units looked at] what each adds to the layer's goodness; where it
                    ///< has one for every class, activity times the derivative of the label's
  Vector goodness;  ///< [labels] of the whole layer
  Matrix maps;      ///< [units at a place x places] activity with the first label, a row for all
                    ///< that have the same weights; empty where no two have
};

/// [layers]
std::vector<LayerView> view_layers(const Network& network, const RowVector& picture,
                                   std::span<const int> labels);

/// In place of a layer: all that count for the answer, together.
inline constexpr int kCountedLayers = -1;

/// [labels x pixels] derivative of goodness by each pixel, by the chain rule through the lengths
/// that are taken away between layers; a black box lets nothing through. `layer`: from 0, whose
/// goodness, or kCountedLayers.
Matrix pixel_slopes(const Network& network, const RowVector& picture, std::span<const int> labels,
                    int layer);

/// [pixels] the same of the activity of one unit.
RowVector unit_slopes(const Network& network, const RowVector& picture, int label,
                      std::size_t layer, Eigen::Index unit);

/// Changes a picture so that such goodness rises: along the slope, the steepest pixel by `stride`,
/// all kept within 0 and 1; what the label takes the place of is 0.
void climb(const Network& network, int label, int layer, float stride, RowVector& picture);

/// [inputs of the layer] what a unit weighs each with; 0 where it sees nothing.
RowVector weights_into(const Layer& layer, Eigen::Index unit);

}  // namespace ff
