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
/// fields hang over the edge so far. "conv" in place of "local": all places have the same weights.
/// "groups 4": the units at a place, and those they see, are divided into four, and each part sees
/// only its own. "max 2" or "mean 2": of each 2 x 2 places one is passed on, as the pooling of that
/// name makes it. "until 3", after any of these, 500 too: it learns in the first three epochs
/// alone.
struct LayerSpec {
  // NOLINTNEXTLINE(google-explicit-constructor): a number is the usual way to tell a layer.
  LayerSpec(int units) : units(units) {}

  int units;       ///< of the layer, or at each of its places
  int width = 0;   ///< of a field; 0: everything
  int height = 0;  ///< of a field
  int stride = 1;
  int padding = 0;
  bool shared = false;  ///< the same weights at every place
  int groups = 1;
  std::string pooling{};  ///< by name; "": all places are passed on
  int pool = 1;           ///< places each way that become one
  int until = 0;          ///< epochs in which it learns; 0: all

  bool has_fields() const { return width > 0; }
  /// Whether its number of units tells all of it.
  bool is_plain() const { return *this == LayerSpec(units); }
  bool operator==(const LayerSpec&) const = default;
};

std::string to_text(const LayerSpec& layer);

/// The layer that a text tells: sides of fields and strides from 1 to 256, units from 1 to
/// kMostUnits.
/// Without one, `mistake` is the character (from 0) at which the text goes wrong.
std::optional<LayerSpec> layer_from_text(std::string_view text, std::size_t& mistake);

/// What such a text looks like where it is no number, but for the ranges.
inline constexpr const char* kLayerPattern =
    "^((local|conv) \\d+x\\d+x\\d+( stride \\d+)?( padding \\d+)?( groups \\d+)?"
    "( (max|mean) \\d+)?( until \\d+)?|\\d+ until \\d+)$";

}  // namespace ff
