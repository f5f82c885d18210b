#include "reading_flags.hpp"

#include <string>

#include "ff/error.hpp"
#include "ff/fields.hpp"

namespace ff::cli {
namespace {

CLI::Range range_of(const char* name) {
  const auto [minimum, maximum] = std::get<IntegerRange>(field(name).domain);
  return {static_cast<double>(minimum), static_cast<double>(maximum)};
}

}  // namespace

void ReadingFlags::add_to(CLI::App& command) {
  command
      .add_option("--first-counted-layer", first_counted_layer_,
                  "Add up goodness from this layer on (default: as in training)")
      ->check(range_of("first_counted_layer"))
      ->type_name("N");
  command
      .add_option("--last-counted-layer", last_counted_layer_,
                  "Add up goodness up to this layer (default: as in training)")
      ->check(range_of("last_counted_layer"))
      ->type_name("N");
  command
      .add_option("--softmax-shift", softmax_shift_,
                  "Read an image at every place up to this many pixels away each way, by the "
                  "softmax or class goodness. Mirrored as well if it was learnt so "
                  "(default: as in training)")
      ->check(range_of("softmax_shift"))
      ->type_name("N");
}

Reading ReadingFlags::reading(const Network& network) const {
  Reading reading = reading_of(network.config);
  reading.first_counted_layer = first_counted_layer_.value_or(reading.first_counted_layer);
  reading.last_counted_layer = last_counted_layer_.value_or(reading.last_counted_layer);
  reading.softmax_shift = softmax_shift_.value_or(reading.softmax_shift);
  const auto layers = static_cast<int>(network.layers.size());
  if (reading.first_counted_layer > layers)
    throw Error("--first-counted-layer: expected at most the number of layers, " +
                std::to_string(layers) + ", got " + std::to_string(reading.first_counted_layer) +
                ".");
  if (reading.last_counted_layer < reading.first_counted_layer)
    throw Error("--last-counted-layer: expected the first counted layer, " +
                std::to_string(reading.first_counted_layer) + ", or a later one, got " +
                std::to_string(reading.last_counted_layer) + ".");
  return reading;
}

}  // namespace ff::cli
