#include <algorithm>
#include <string>
#include <utility>

#include "ff/error.hpp"
#include "ff/network.hpp"

namespace ff {
namespace {

// A rectangle of what a layer sees, and which channels of it.
struct Window {
  int top, bottom, left, right;  // from, to before
  int first_channel, last_channel;
};

// The inputs of a field, in order. What lies outside is left out, or where all fields shall have
// the same size, marked.
class Inputs {
 public:
  explicit Inputs(bool marked) : marked_(marked) {}

  void add(Eigen::Index column) { seen_.push_back(static_cast<std::uint32_t>(column)); }
  void add_outside() {
    if (marked_) seen_.push_back(ReceptiveFields::kOutside);
  }
  std::vector<std::uint32_t> take() { return std::move(seen_); }

 private:
  bool marked_;
  std::vector<std::uint32_t> seen_;
};

bool inside(const Shape& shape, int x, int y) {
  return x >= 0 && x < shape.width && y >= 0 && y < shape.height;
}

// The columns within a window of images: those of the label go first or last, as the format has it.
void add_pixels(const Window& window, const Shape& images, const RowFormat& format,
                Inputs& inputs) {
  for (Eigen::Index column = 0; column < format.cleared; ++column) inputs.add(column);
  for (int channel = window.first_channel; channel < window.last_channel; ++channel)
    for (int y = window.top; y < window.bottom; ++y)
      for (int x = window.left; x < window.right; ++x) {
        const int pixel = (channel * images.height + y) * images.width + x;
        if (inside(images, x, y) && pixel >= format.cleared)
          inputs.add(pixel);
        else
          inputs.add_outside();
      }
  for (Eigen::Index column = format.pixels; column < format.columns(); ++column) inputs.add(column);
}

// The same of a layer, whose units at a place are neighbours.
void add_units(const Window& window, const Shape& below, Inputs& inputs) {
  for (int y = window.top; y < window.bottom; ++y)
    for (int x = window.left; x < window.right; ++x)
      for (int unit = window.first_channel; unit < window.last_channel; ++unit)
        if (inside(below, x, y))
          inputs.add(Eigen::Index{y * below.width + x} * below.channels + unit);
        else
          inputs.add_outside();
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
                         static_cast<int>(left), static_cast<int>(left + width), 0,
                         images.channels});
    }
  return windows;
}

// How often fields of that size fit along one side.
int places(int size, int field, const LayerSpec& spec) {
  const int room = size + 2 * spec.padding - field;
  return room < 0 ? 0 : room / spec.stride + 1;
}

// Place by place, and there group by group.
std::vector<Window> fields_of(const LayerSpec& spec, const Shape& grid, const Shape& below) {
  std::vector<Window> windows;
  const int channels = below.channels / spec.groups;
  for (int down = 0; down < grid.height; ++down)
    for (int right = 0; right < grid.width; ++right)
      for (int group = 0; group < spec.groups; ++group) {
        const int top = down * spec.stride - spec.padding;
        const int left = right * spec.stride - spec.padding;
        windows.push_back({top, top + spec.height, left, left + spec.width, group * channels,
                           (group + 1) * channels});
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
  if (spec.units % spec.groups != 0 || below.channels % spec.groups != 0)
    fail(index, "is divided into " + std::to_string(spec.groups) +
                    " groups; expected a divisor of its " + std::to_string(spec.units) +
                    " units and of the " + std::to_string(below.channels) + " channels below.");
  if (grid.height < spec.pool || grid.width < spec.pool)
    fail(index, "has " + in_words({1, grid.height, grid.width}) + " places, pooled " +
                    std::to_string(spec.pool) + " by " + std::to_string(spec.pool) +
                    "; expected at least one square of them.");
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

// Where classes share the channels, each must have one.
void check_classes(std::size_t index, const Config& config, const Layer& layer) {
  const bool shares = config.normalisation == "group" ||
                      (reads_classes(config) && config.class_goodness != "projection");
  if (shares && layer.shape.channels < layer.classes)
    fail(index, "has " + std::to_string(layer.shape.channels) + " units at a place for " +
                    std::to_string(layer.classes) + " classes to share; expected as many or more.");
}

}  // namespace

std::vector<Layer> plan_layers(const Config& config, const Shape& images, const RowFormat& format,
                               std::size_t classes) {
  const int regions = config.regions * config.regions;
  std::vector<Layer> layers;
  Shape below = images;
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    const LayerSpec& spec = config.layers[index];
    const Shape shape = spec.has_fields() ? grid_of(index, spec, below) : Shape{spec.units, 1, 1};
    Layer layer{.shape = shape,
                .passed = pooled(shape, spec.pool),
                .pooling = spec.pool == 1 ? nullptr : &pooling(spec.pooling),
                .pool = spec.pool,
                .normalisation = &normalisation(config.normalisation),
                .classes = static_cast<Eigen::Index>(classes),
                .fields = {.columns = index == 0 ? format.columns() : below.size(),
                           .shared_sets = spec.shared ? spec.groups : 0},
                .until = spec.until,
                .groups = regions};
    if (index > 0 && spec.shared && spec.groups == 1 && spec.width == 3 && spec.height == 3 &&
        spec.stride == 1)
      layer.fields.squares = {.below = below, .grid = shape, .padding = spec.padding};
    check_classes(index, config, layer);
    if (layer.normalisation->of_batch)
      layer.running = {.mean = RowVector::Zero(shape.channels),
                       .variance = RowVector::Ones(shape.channels)};
    if (config.goodness_of == GroupsKind::kPlaces) layer.groups *= shape.area();
    std::vector<Window> windows;
    if (spec.has_fields())
      windows = fields_of(spec, shape, below);
    else if (index == 0 && regions > 1)
      windows = regions_of(images, config.regions);
    for (const Window& window : windows) {
      Inputs inputs(spec.shared);
      if (index == 0)
        add_pixels(window, images, format, inputs);
      else
        add_units(window, below, inputs);
      layer.fields.inputs.push_back(inputs.take());
    }
    layers.push_back(std::move(layer));
    below = layers.back().passed;
  }
  return layers;
}

}  // namespace ff
