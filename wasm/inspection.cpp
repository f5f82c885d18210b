#include "inspection.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ff/damage.hpp"
#include "ff/drawing.hpp"
#include "ff/inspect.hpp"

namespace ff::wasm {
namespace {

using emscripten::val;

constexpr Eigen::Index kDigitPixels = Eigen::Index{kDigitSide} * kDigitSide;
constexpr float kStride = 0.04F;  // of the steepest pixel, white being 1

RowVector checked(RowVector picture) {
  if (picture.size() != kDigitPixels)
    throw Error("image: expected " + std::to_string(kDigitPixels) + " pixels, got " +
                std::to_string(picture.size()) + ".");
  return picture;
}

std::vector<std::uint8_t> bytes_from(const Bytes& pixels) {
  return emscripten::convertJSArrayToNumberVector<std::uint8_t>(pixels);
}

RowVector picture_of(const Bytes& pixels) { return checked(picture_from(bytes_from(pixels))); }

RowVector picture_of(const Floats& pixels) {
  const auto numbers = emscripten::convertJSArrayToNumberVector<float>(pixels);
  return checked(
      Eigen::Map<const RowVector>(numbers.data(), static_cast<Eigen::Index>(numbers.size())));
}

int within(const char* what, int value, int least, Eigen::Index count) {
  if (value < least || value >= count)
    throw Error(std::string(what) + ": expected " + std::to_string(least) + " to " +
                std::to_string(count - 1) + ", got " + std::to_string(value) + ".");
  return value;
}

int label_of(const Network& network, int label) {
  within("label", label, kNeutral, network.labels());
  const bool matters = reads_goodness(network.config) || reads_classes(network.config);
  return matters ? label : kNeutral;
}

int layer_of(const Network& network, int layer, int least = 0) {
  return within("layer", layer, least, static_cast<Eigen::Index>(network.layers.size()));
}

Eigen::Index unit_of(const Network& network, int layer, int place) {
  const Eigen::Index units =
      network.layers[static_cast<std::size_t>(layer_of(network, layer))].units();
  return unit_at(within("unit", place, 0, looked_at(units)), units);
}

template <class Numbers>
Floats floats_of(const Numbers& numbers) {
  return floats({numbers.data(), static_cast<std::size_t>(numbers.size())});
}

val to_value(const LayerView& view, const Layer& layer) {
  val value = val::object();
  value.set("units", static_cast<double>(layer.units()));
  value.set("places", static_cast<double>(view.adds.cols()));
  value.set("activity", floats_of(view.activity));
  value.set("adds", floats_of(view.adds));
  value.set("goodness", floats_of(view.goodness));
  value.set("maps", floats_of(view.maps));
  value.set("across", layer.shape.width);
  value.set("down", layer.shape.height);
  return value;
}

// Images first, first + stride, …
std::vector<std::uint32_t> some(const Dataset& data, int first, int count, int stride) {
  if (first < 0 || count < 0 || stride < 1)
    throw Error("images: expected first and count from 0 on and stride from 1 on.");
  std::vector<std::uint32_t> indices;
  const auto step = static_cast<std::size_t>(stride);
  for (auto index = static_cast<std::size_t>(first); index < data.count() && count > 0;
       index += step, --count)
    indices.push_back(static_cast<std::uint32_t>(index));
  return indices;
}

// The drawing's noise is that of no test image.
constexpr std::uint64_t kDrawing = UINT64_MAX;
constexpr std::int64_t kNoiseSeed = 1;

Dataset noisy_images(const Dataset& data, double noise, int images) {
  const std::size_t count = std::min(data.count(), static_cast<std::size_t>(images));
  Dataset some{.shape = data.shape, .classes = data.classes, .pixels = {}, .labels = {}};
  for (std::size_t place = 0; place < count; ++place) {
    const std::size_t index = place * data.count() / count;
    std::vector<std::uint8_t> image(data.image(index).begin(), data.image(index).end());
    add_noise(noise, kNoiseSeed, index, image);
    some.pixels.insert(some.pixels.end(), image.begin(), image.end());
    some.labels.push_back(data.labels[index]);
  }
  return some;
}

}  // namespace

LayerViews view_layers(const Session& session, const Bytes& pixels, const Labels& labels) {
  return guarded([&] {
    const Network& network = session.network();
    std::vector<int> shown = emscripten::convertJSArrayToNumberVector<int>(labels);
    for (int& label : shown) label = label_of(network, label);
    val layers = val::array();
    const auto views = ff::view_layers(network, picture_of(pixels), shown);
    for (std::size_t index = 0; index < views.size(); ++index)
      layers.call<void>("push", to_value(views[index], network.layers[index]));
    return LayerViews(layers);
  });
}

Floats pixel_slopes(const Session& session, const Bytes& pixels, int label, int rival, int layer) {
  return guarded([&] {
    const Network& network = session.network();
    std::vector<int> labels = {label_of(network, label)};
    if (rival != kNeutral) labels.push_back(label_of(network, rival));
    const Matrix slopes = ff::pixel_slopes(network, picture_of(pixels), labels,
                                           layer_of(network, layer, kCountedLayers));
    RowVector first = slopes.row(0);
    if (rival != kNeutral) first -= slopes.row(1);
    return floats_of(first);
  });
}

Floats climb(const Session& session, const Floats& pixels, int label, int layer, int steps) {
  return guarded([&] {
    const Network& network = session.network();
    RowVector climbing = picture_of(pixels);
    for (int step = 0; step < steps; ++step)
      ff::climb(network, label_of(network, label), layer_of(network, layer, kCountedLayers),
                kStride, climbing);
    return floats_of(climbing);
  });
}

Floats unit_picture(const Session& session, const Bytes& pixels, int label, int layer, int place) {
  return guarded([&] {
    const Network& network = session.network();
    const Eigen::Index unit = unit_of(network, layer, place);
    if (layer > 0)
      return floats_of(unit_slopes(network, picture_of(pixels), label_of(network, label),
                                   static_cast<std::size_t>(layer), unit));
    const RowVector weights = weights_into(network.layers.front(), unit).head(kDigitPixels);
    return floats_of(weights);
  });
}

Session damaged(const Session& session, double units_off, int black_box, double noise, int images) {
  return guarded([&] {
    return Session(
        ff::damaged(session.network(), {.units_off = units_off, .black_box = black_box}),
        images == 0 ? Dataset{} : noisy_images(session.judged("test").data, noise, images));
  });
}

Bytes with_noise(const Bytes& pixels, double noise) {
  return guarded([&] {
    std::vector<std::uint8_t> image = bytes_from(pixels);
    add_noise(noise, kNoiseSeed, kDrawing, image);
    return bytes(image);
  });
}

TestIndex::TestIndex(const Session& session)
    : index_(guarded([&] { return UnitIndex(session.network()); })) {}

int TestIndex::add(const Session& session, int first, int count, int stride) {
  return guarded([&] {
    const std::vector<std::uint32_t> indices =
        some(session.judged("test").data, first, count, stride);
    if (!indices.empty()) index_.add(session.network(), session.judged("test").data, indices);
    return static_cast<int>(indices.size());
  });
}

UnitValue TestIndex::unit(int layer, int place) const {
  return guarded([&] {
    const auto at = static_cast<std::size_t>(layer);
    val images = val::array();
    for (const auto& [image, activity] : index_.best(at, place)) {
      val lit = val::object();
      lit.set("index", image);
      lit.set("activity", activity);
      images.call<void>("push", lit);
    }
    val value = val::object();
    value.set("images", images);
    value.set("means", floats_of(index_.means(at, place)));
    return UnitValue(value);
  });
}

TestMap::TestMap(const Session& session, int layer)
    : map_(guarded([&] {
        const Network& network = session.network();
        return DirectionMap(network, static_cast<std::size_t>(layer_of(network, layer)));
      })) {}

int TestMap::add(const Session& session, int first, int count, int stride) {
  return guarded([&] {
    const std::vector<std::uint32_t> indices =
        some(session.judged("test").data, first, count, stride);
    if (!indices.empty()) map_.add(session.network(), session.judged("test").data, indices);
    return static_cast<int>(indices.size());
  });
}

Floats TestMap::places() {
  return guarded([&] {
    map_.find_axes();
    return floats_of(map_.places());
  });
}

OnMapValue TestMap::find(const Session& session, const Bytes& pixels, int neighbours) const {
  return guarded([&] {
    const auto [place, nearest] = map_.find(session.network(), picture_of(pixels),
                                            static_cast<std::size_t>(std::max(neighbours, 0)));
    val value = val::object();
    value.set("place", floats_of(place));
    value.set("nearest", val::array(nearest));
    return OnMapValue(value);
  });
}

}  // namespace ff::wasm
