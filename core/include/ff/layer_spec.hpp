#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ff {

inline constexpr int kMostUnits = 8192;  ///< of a layer, or at each of its places

/// A layer as a person tells it. "500": so many units, each of which sees all there is below.
/// "local 10x10x128 stride 6": 128 units at every sixth place each way, each with weights of its
/// own for the field of 10 x 10 that begins there (Hinton 2022, section 3.2). "padding 2" lets
/// fields hang over the edge so far.
struct LayerSpec {
  // NOLINTNEXTLINE(google-explicit-constructor): a number is the usual way to tell a layer.
  LayerSpec(int units) : units(units) {}

  int units;       ///< of the layer, or at each of its places
  int width = 0;   ///< of a field; 0: everything
  int height = 0;  ///< of a field
  int stride = 1;
  int padding = 0;

  bool local() const { return width > 0; }
  bool operator==(const LayerSpec&) const = default;
};

std::string to_text(const LayerSpec& layer);

/// The layer that a text tells: sides of fields and strides from 1 to 256, units from 1 to
/// kMostUnits.
/// Without one, `mistake` is the character (from 0) at which the text goes wrong.
std::optional<LayerSpec> layer_from_text(std::string_view text, std::size_t& mistake);

}  // namespace ff
