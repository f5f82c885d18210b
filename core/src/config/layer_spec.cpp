#include "ff/layer_spec.hpp"

#include <cstdint>

#include "ff/pooling.hpp"

namespace ff {
namespace {

constexpr int kLargestField = 256;
constexpr int kMostEpochs = 100'000;

// Reads a layer's text from its beginning on.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  bool done() const { return at_ == text_.size(); }

  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  // A whole number from `least` to `most`; 0 and not a step further if there is none.
  bool take_number(int least, int most, int& number) {
    const std::size_t start = at_;
    std::int64_t value = 0;
    while (!done() && text_[at_] >= '0' && text_[at_] <= '9' && value <= most)
      value = 10 * value + (text_[at_++] - '0');
    number = static_cast<int>(value);
    const bool good = at_ > start && value >= least && value <= most;
    if (!good) at_ = start;
    return good;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool read_pooling(Reader& reader, LayerSpec& layer) {
  for (const Pooling* pooling : poolings())
    if (reader.take(std::string(" ").append(pooling->name).append(" "))) {
      layer.pooling = pooling->name;
      return reader.take_number(2, kLargestField, layer.pool);
    }
  return true;
}

bool read_fields(Reader& reader, LayerSpec& layer) {
  layer.shared = reader.take("conv ");
  if (!layer.shared && !reader.take("local ")) return false;
  if (!reader.take_number(1, kLargestField, layer.width) || !reader.take("x") ||
      !reader.take_number(1, kLargestField, layer.height) || !reader.take("x") ||
      !reader.take_number(1, kMostUnits, layer.units))
    return false;
  if (reader.take(" stride ") && !reader.take_number(1, kLargestField, layer.stride)) return false;
  const int most = (layer.width < layer.height ? layer.width : layer.height) - 1;
  if (reader.take(" padding ") && !reader.take_number(0, most, layer.padding)) return false;
  if (reader.take(" groups ") && !reader.take_number(1, layer.units, layer.groups)) return false;
  return read_pooling(reader, layer);
}

bool read_layer(Reader& reader, LayerSpec& layer) {
  const bool is_number = reader.take_number(1, kMostUnits, layer.units);
  if (!is_number && !read_fields(reader, layer)) return false;
  if (reader.take(" until ") && !reader.take_number(1, kMostEpochs, layer.until)) return false;
  return reader.done();
}

}  // namespace

std::string to_text(const LayerSpec& layer) {
  std::string text;
  if (layer.has_fields())
    text.append(layer.shared ? "conv " : "local ")
        .append(std::to_string(layer.width) + "x" + std::to_string(layer.height) + "x");
  text += std::to_string(layer.units);
  if (layer.stride != 1) text += " stride " + std::to_string(layer.stride);
  if (layer.padding != 0) text += " padding " + std::to_string(layer.padding);
  if (layer.groups != 1) text += " groups " + std::to_string(layer.groups);
  if (layer.pool != 1)
    text.append(" ").append(layer.pooling).append(" ").append(std::to_string(layer.pool));
  if (layer.until != 0) text += " until " + std::to_string(layer.until);
  return text;
}

std::optional<LayerSpec> layer_from_text(std::string_view text, std::size_t& mistake) {
  Reader reader(text);
  LayerSpec layer(0);
  const bool read = read_layer(reader, layer);
  mistake = reader.at();
  return read ? std::optional(layer) : std::nullopt;
}

}  // namespace ff
