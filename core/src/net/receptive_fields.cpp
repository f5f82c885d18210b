#include "ff/receptive_fields.hpp"

#include <algorithm>
#include <string>

#include "ff/error.hpp"
#include "ff/network.hpp"

namespace ff {
namespace {

// A rectangle of what a layer sees, and how the numbers of a place lie there.
struct Window {
  int top, bottom, left, right;  // from, to before
};

// The columns within a window of images: those of the label go first or last, as the format has it.
std::vector<std::uint32_t> pixels_within(const Window& window, const Shape& images,
                                         const RowFormat& format) {
  std::vector<std::uint32_t> seen;
  const auto add = [&](Eigen::Index column) { seen.push_back(static_cast<std::uint32_t>(column)); };
  for (Eigen::Index column = 0; column < format.cleared; ++column) add(column);
  for (int channel = 0; channel < images.channels; ++channel)
    for (int y = window.top; y < window.bottom; ++y)
      for (int x = window.left; x < window.right; ++x) {
        const int pixel = (channel * images.height + y) * images.width + x;
        if (pixel >= format.cleared) add(pixel);
      }
  for (Eigen::Index column = format.pixels; column < format.columns(); ++column) add(column);
  return seen;
}

// The same of a layer, whose units at a place are neighbours.
std::vector<std::uint32_t> units_within(const Window& window, const Shape& below) {
  std::vector<std::uint32_t> seen;
  for (int y = window.top; y < window.bottom; ++y)
    for (int x = window.left; x < window.right; ++x)
      for (int unit = 0; unit < below.channels; ++unit)
        seen.push_back(static_cast<std::uint32_t>((y * below.width + x) * below.channels + unit));
  return seen;
}

// Regions overlap: each is widened by half a region each way (local goodness: Hinton 2022,
// section 6).
Units region(int size, int part, int parts) {
  const auto inside = [&](int at) {
    const double place = (at + 0.5) * parts / size;
    return place > part - 0.5 && place < part + 1.5;
  };
  int first = 0;
  while (!inside(first)) ++first;
  int last = first;
  while (last < size && inside(last)) ++last;
  return {.first = first, .count = last - first};
}

std::vector<Window> regions_of(const Shape& images, int regions) {
  std::vector<Window> windows;
  for (int down = 0; down < regions; ++down)
    for (int right = 0; right < regions; ++right) {
      const auto [top, height] = region(images.height, down, regions);
      const auto [left, width] = region(images.width, right, regions);
      windows.push_back({static_cast<int>(top), static_cast<int>(top + height),
                         static_cast<int>(left), static_cast<int>(left + width)});
    }
  return windows;
}

// How often fields of that size fit along one side.
int places(int size, int field, const LayerSpec& spec) {
  const int room = size + 2 * spec.padding - field;
  return room < 0 ? 0 : room / spec.stride + 1;
}

std::vector<Window> fields_of(const LayerSpec& spec, const Shape& below, const Shape& grid) {
  std::vector<Window> windows;
  for (int down = 0; down < grid.height; ++down)
    for (int right = 0; right < grid.width; ++right) {
      const int top = down * spec.stride - spec.padding;
      const int left = right * spec.stride - spec.padding;
      windows.push_back({std::max(top, 0), std::min(top + spec.height, below.height),
                         std::max(left, 0), std::min(left + spec.width, below.width)});
    }
  return windows;
}

[[noreturn]] void fail(std::size_t index, const std::string& what) {
  throw Error("layers: layer " + std::to_string(index + 1) + " " + what);
}

Shape grid_of(std::size_t index, const LayerSpec& spec, const Shape& below) {
  const Shape grid{.channels = spec.units,
                   .height = places(below.height, spec.height, spec),
                   .width = places(below.width, spec.width, spec)};
  if (grid.area() == 0)
    fail(index, "has fields of " + std::to_string(spec.width) + "x" + std::to_string(spec.height) +
                    ", what it sees is " + in_words({1, below.height, below.width}) +
                    "; expected smaller fields.");
  constexpr std::int64_t kMostInAll = 1 << 17;
  if (std::int64_t{grid.area()} * grid.channels > kMostInAll)
    fail(index, "would have more than " + std::to_string(kMostInAll) +
                    " units at its places together; expected fewer, or a larger stride.");
  constexpr std::int64_t kMostInputs = 1 << 25;
  if (std::int64_t{grid.area()} * spec.width * spec.height * below.channels > kMostInputs)
    fail(index, "would see more than " + std::to_string(kMostInputs) +
                    " inputs at its places together; expected smaller fields.");
  return grid;
}

}  // namespace

Eigen::Index ReceptiveFields::size() const {
  std::size_t most = inputs.empty() ? static_cast<std::size_t>(columns) : 0;
  for (const auto& set : inputs) most = std::max(most, set.size());
  return static_cast<Eigen::Index>(most);
}

std::vector<Layer> plan_layers(const Config& config, const Shape& images, const RowFormat& format) {
  const int regions = config.regions * config.regions;
  std::vector<Layer> layers;
  Shape below = images;
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    const LayerSpec& spec = config.layers[index];
    const Shape shape = spec.local() ? grid_of(index, spec, below) : Shape{spec.units, 1, 1};
    Layer layer{.shape = shape,
                .fields = {.columns = index == 0 ? format.columns() : below.size()},
                .groups = regions};
    if (config.goodness_of == GroupsKind::kPlaces) layer.groups *= shape.area();
    std::vector<Window> windows;
    if (spec.local())
      windows = fields_of(spec, below, shape);
    else if (index == 0 && regions > 1)
      windows = regions_of(images, config.regions);
    for (const Window& window : windows)
      layer.fields.inputs.push_back(index == 0 ? pixels_within(window, images, format)
                                               : units_within(window, below));
    layers.push_back(std::move(layer));
    below = shape;
  }
  return layers;
}

namespace {

// Calls use(input, place, units) for each input of each set, and its place among those of the set.
template <class Use>
void each_seen(const ReceptiveFields& fields, Eigen::Index units, const Use& use) {
  for (Eigen::Index set = 0; set < fields.sets(); ++set)
    for (Eigen::Index place = 0; place < fields.seen_by(set); ++place)
      use(fields.inputs[static_cast<std::size_t>(set)][static_cast<std::size_t>(place)], place,
          part_of(units, fields.sets(), set));
}

}  // namespace

Matrix gathered(const ReceptiveFields& fields, const Matrix& all) {
  if (fields.inputs.empty()) return all;
  Matrix seen = Matrix::Zero(fields.size(), all.cols());
  each_seen(fields, all.cols(), [&](Eigen::Index input, Eigen::Index place, Units units) {
    seen.row(place).segment(units.first, units.count) =
        all.row(input).segment(units.first, units.count);
  });
  return seen;
}

Matrix scattered(const ReceptiveFields& fields, const Matrix& seen) {
  if (fields.inputs.empty()) return seen;
  Matrix all = Matrix::Zero(fields.columns, seen.cols());
  each_seen(fields, seen.cols(), [&](Eigen::Index input, Eigen::Index place, Units units) {
    all.row(input).segment(units.first, units.count) =
        seen.row(place).segment(units.first, units.count);
  });
  return all;
}

}  // namespace ff
