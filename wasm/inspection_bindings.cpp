#include <emscripten/bind.h>

#include "inspection.hpp"

EMSCRIPTEN_BINDINGS(ff_inspection) {
  using namespace emscripten;  // NOLINT(google-build-using-namespace): embind's own vocabulary
  using namespace ff::wasm;    // NOLINT(google-build-using-namespace)

  register_type<Labels>("number[]");
  register_type<LayerViews>(
      "{ units: number; places: number; activity: Float32Array; adds: Float32Array;"
      " goodness: Float32Array; maps: Float32Array; across: number; down: number }[]");
  register_type<UnitValue>(
      "{ images: { index: number; activity: number }[]; means: Float32Array }");
  register_type<OnMapValue>("{ place: Float32Array; nearest: number[] }");

  function("viewLayers(session, pixels, labels)", &view_layers);
  function("pixelSlopes(session, pixels, label, rival, layer)", &pixel_slopes);
  function("climb(session, pixels, label, layer, steps)", &climb);
  function("unitPicture(session, pixels, label, layer, place)", &unit_picture);
  function("damaged(session, unitsOff, blackBox, noise, images)", &damaged,
           return_value_policy::take_ownership());
  function("withNoise(pixels, noise)", &with_noise);

  class_<TestIndex>("TestIndex")
      .constructor<const Session&>()
      .function("add(session, first, count, stride)", &TestIndex::add)
      .function("unit(layer, place)", &TestIndex::unit);
  class_<TestMap>("TestMap")
      .constructor<const Session&, int>()
      .function("add(session, first, count, stride)", &TestMap::add)
      .function("places", &TestMap::places)
      .function("find(session, pixels, neighbours)", &TestMap::find);
}
