#pragma once

#include <emscripten/val.h>

#include "ff/direction_map.hpp"
#include "ff/unit_index.hpp"
#include "session.hpp"
#include "values.hpp"

namespace ff::wasm {

// What looks inside the net of a session, as JavaScript sees it. Layers, units and classes count
// from 0; units are named by their places among those that are looked at. Images are digits,
// [784] bytes, or numbers from 0 to 1 where they are climbed.

EMSCRIPTEN_DECLARE_VAL_TYPE(Labels);
EMSCRIPTEN_DECLARE_VAL_TYPE(LayerViews);
EMSCRIPTEN_DECLARE_VAL_TYPE(UnitValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(OnMapValue);

/// Every layer while a digit is shown with those labels; with none of them where the net reads
/// none.
LayerViews view_layers(const Session& session, const Bytes& pixels, const Labels& labels);

/// [784] what a little more ink at each pixel adds to the goodness of `label` less that of `rival`,
/// unless that is -1; of one layer, or of all that count where `layer` is -1.
Floats pixel_slopes(const Session& session, const Bytes& pixels, int label, int rival, int layer);

/// Some steps up that goodness: [784].
Floats climb(const Session& session, const Floats& pixels, int label, int layer, int steps);

/// [784] what a unit of layer 1 weighs each pixel with; of a later layer, what a little more ink
/// adds to its activity when that digit is shown with that label.
Floats unit_picture(const Session& session, const Bytes& pixels, int label, int layer, int place);

/// A session with the same net, damaged, and so many of the test images, spread evenly, with noise;
/// for none, it need not have any.
Session damaged(const Session& session, double units_off, int black_box, double noise, int images);
/// A digit with such noise.
Bytes with_noise(const Bytes& pixels, double noise);

/// ff::UnitIndex over test images.
class TestIndex {
 public:
  explicit TestIndex(const Session& session);
  /// Adds the images first, first + stride, …, as many as there are of `count`; says how many.
  int add(const Session& session, int first, int count, int stride);
  UnitValue unit(int layer, int place) const;

 private:
  UnitIndex index_;
};

/// ff::DirectionMap of test images.
class TestMap {
 public:
  TestMap(const Session& session, int layer);
  int add(const Session& session, int first, int count, int stride);
  /// Where they are, in their order, [images x 2]; once all have been added.
  Floats places();
  /// Where a digit is, and which of the images added are nearest to it in the layer.
  OnMapValue find(const Session& session, const Bytes& pixels, int neighbours) const;

 private:
  DirectionMap map_;
};

}  // namespace ff::wasm
