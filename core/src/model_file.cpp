#include "ff/model_file.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <utility>

#include "amounts.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/files.hpp"

namespace ff {
namespace {

constexpr std::string_view kFormat = "forward-forward 1";
constexpr auto kImages = "images";
constexpr auto kImagesHash = "images_hash";

using Shape = std::vector<std::size_t>;

std::string shape_text(const Shape& shape) {
  std::string text;
  for (const std::size_t side : shape) text += (text.empty() ? "" : " x ") + amount(side);
  return "[" + text + "]";
}

Shape shape_of(const Eigen::Ref<const Matrix>& matrix) {
  return {static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())};
}

void put(TensorFile& file, const std::string& name, const Eigen::Ref<const Matrix>& matrix) {
  Tensor tensor{.shape = shape_of(matrix), .values = {}};
  tensor.values.assign(matrix.data(), matrix.data() + matrix.size());
  file.tensors.emplace(name, std::move(tensor));
}

std::string in_hexadecimal(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto [end, error] = std::to_chars(digits.begin(), digits.end(), number, 16);
  return {digits.begin(), end};
}

std::string layer_name(std::size_t index) { return "layer" + std::to_string(index + 1); }

void put(TensorFile& file, const std::string& name, const DenseLayer& layer) {
  put(file, name + ".weight", layer.weights.matrix());
  put(file, name + ".bias", layer.bias);
}

void put(TensorFile& file, const std::string& name, const Moments& moments) {
  if (moments.first.size() > 0) put(file, name + ".momentum", moments.first);
  if (moments.second.size() > 0) put(file, name + ".variance", moments.second);
}

void put(TensorFile& file, const std::string& name, const PanelMoments& moments) {
  put(file, name, Moments{moments.first.matrix(), moments.second.matrix()});
}

// The softmax's parts, one below the other, make one tensor [units of all counted layers x 10].
Matrix stacked(const std::vector<const PanelMatrix*>& parts) {
  Eigen::Index rows = 0;
  for (const PanelMatrix* part : parts) rows += part->rows();
  Matrix whole(rows, kLabels);
  rows = 0;
  for (const PanelMatrix* part : parts) {
    if (part->size() == 0) continue;
    whole.middleRows(rows, part->rows()) = part->matrix();
    rows += part->rows();
  }
  return whole;
}

void put(TensorFile& file, const std::string& name, const SoftmaxLayer& layer) {
  std::vector<const PanelMatrix*> parts;
  for (const PanelMatrix& part : layer.weights) parts.push_back(&part);
  put(file, name + ".weight", stacked(parts));
  put(file, name + ".bias", layer.bias);
}

void put(TensorFile& file, const std::string& name, const SoftmaxMoments& moments) {
  std::vector<const PanelMatrix*> first;
  std::vector<const PanelMatrix*> second;
  for (const PanelMoments& part : moments.weights) {
    first.push_back(&part.first);
    second.push_back(&part.second);
  }
  put(file, name + ".weight", Moments{stacked(first), stacked(second)});
  put(file, name + ".bias", moments.bias);
}

void put(TensorFile& file, const std::string& name, const LayerMoments& moments) {
  put(file, name + ".weight", moments.weights);
  put(file, name + ".bias", moments.bias);
}

TensorFile describe(const Network& network) {
  TensorFile file;
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    put(file, layer_name(index), network.layers[index]);
  if (network.has_softmax()) put(file, "softmax", network.softmax);
  file.metadata["format"] = kFormat;
  file.metadata["config"] = to_json(network.config).dump();
  return file;
}

// Takes tensors out of a file one by one, each checked against the shape it must have; one that was
// taken is gone, so that a large net is not in memory twice.
class Reader {
 public:
  Reader(TensorFile file, std::string_view name) : file_(std::move(file)), name_(name) {}

  bool has_text(const std::string& key) const { return file_.metadata.contains(key); }

  const std::string& text(const std::string& key) const {
    const auto found = file_.metadata.find(key);
    if (found == file_.metadata.end()) fail("its metadata has no \"" + key + "\"");
    return found->second;
  }

  bool has(const std::string& tensor) const { return file_.tensors.contains(tensor); }

  std::size_t rows(const std::string& tensor) const {
    const Shape& shape = find(tensor).shape;
    return shape.empty() ? 0 : shape.front();
  }

  Matrix take(const std::string& tensor, std::size_t rows, std::size_t columns) {
    const Shape expected = {rows, columns};
    if (find(tensor).shape != expected)
      fail("tensor " + tensor + " should be " + shape_text(expected) +
           " by the config in the file, it is " + shape_text(find(tensor).shape));
    const auto taken = file_.tensors.extract(tensor);
    return Eigen::Map<const Matrix>(taken.mapped().values.data(), static_cast<Eigen::Index>(rows),
                                    static_cast<Eigen::Index>(columns));
  }

  DenseLayer layer(const std::string& name, std::size_t inputs, std::size_t units) {
    return {.weights = PanelMatrix(take(name + ".weight", inputs, units)),
            .bias = take(name + ".bias", 1, units)};
  }

  Moments moments(const std::string& name, Eigen::Index rows, Eigen::Index columns) {
    const auto [height, width] =
        std::pair(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns));
    Moments moments;
    if (has(name + ".momentum")) moments.first = take(name + ".momentum", height, width);
    if (has(name + ".variance")) moments.second = take(name + ".variance", height, width);
    return moments;
  }

  [[noreturn]] void fail(const std::string& cause) const {
    throw Error(std::string(name_) + ": " + cause + ".");
  }

 private:
  const Tensor& find(const std::string& tensor) const {
    const auto found = file_.tensors.find(tensor);
    if (found == file_.tensors.end()) fail("there is no tensor " + tensor);
    return found->second;
  }

  TensorFile file_;
  std::string_view name_;
};

Config read_config(const Reader& reader) {
  if (reader.text("format") != kFormat)
    reader.fail("its format should be \"" + std::string(kFormat) + "\"");
  try {
    return config_from_text(reader.text("config"));
  } catch (const Error& error) {
    reader.fail("in its config, " +
                std::string(error.what()).substr(0, std::string(error.what()).size() - 1));
  }
}

// The other way round: a layer's part each; none of an empty matrix.
std::vector<PanelMatrix> parts_of(const Matrix& whole, const Network& network) {
  std::vector<PanelMatrix> parts;
  if (whole.size() == 0) return parts;
  Eigen::Index rows = 0;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const Eigen::Index units = network.counted(index) ? network.layers[index].units() : 0;
    parts.emplace_back(Matrix(whole.middleRows(rows, units)));
    rows += units;
  }
  return parts;
}

Network read_network(Reader& reader) {
  Network network{.config = read_config(reader), .layers = {}, .softmax = {}};
  std::size_t inputs = reader.rows("layer1.weight");
  if (inputs < kLabels)
    reader.fail("layer 1 should have at least the ten inputs that hold the label");
  Eigen::Index features = 0;
  for (std::size_t index = 0; index < network.config.layers.size(); ++index) {
    const auto units = static_cast<std::size_t>(network.config.layers[index]);
    network.layers.push_back(reader.layer(layer_name(index), inputs, units));
    if (network.counted(index)) features += network.layers.back().units();
    inputs = units;
  }
  if (network.config.softmax_rate == 0.0) return network;
  const Matrix weights = reader.take("softmax.weight", static_cast<std::size_t>(features), kLabels);
  network.softmax = {.weights = parts_of(weights, network),
                     .bias = reader.take("softmax.bias", 1, kLabels)};
  return network;
}

SoftmaxMoments read_softmax_moments(Reader& reader, const Network& network) {
  Eigen::Index features = 0;
  for (const PanelMatrix& part : network.softmax.weights) features += part.rows();
  const Moments weights = reader.moments("softmax.weight", features, kLabels);
  SoftmaxMoments moments{.weights = std::vector<PanelMoments>(network.layers.size()),
                         .bias = reader.moments("softmax.bias", 1, kLabels)};
  const auto first = parts_of(weights.first, network);
  const auto second = parts_of(weights.second, network);
  for (std::size_t index = 0; index < first.size(); ++index)
    moments.weights[index].first = first[index];
  for (std::size_t index = 0; index < second.size(); ++index)
    moments.weights[index].second = second[index];
  return moments;
}

// The number, of the base 10 or 16, that the metadata holds.
std::uint64_t read_number(const Reader& reader, const std::string& key, int base,
                          std::uint64_t largest) {
  const std::string& text = reader.text(key);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size() || number > largest)
    reader.fail("its " + key + " should be a whole number");
  return number;
}

std::int64_t read_count(const Reader& reader, const std::string& key) {
  constexpr std::uint64_t kLargest = 999'999'999'999'999;
  return static_cast<std::int64_t>(read_number(reader, key, 10, kLargest));
}

DataMark read_data_mark(const Reader& reader) {
  if (!reader.has_text(kImages)) return {};  // a checkpoint of before there were marks
  return {.images = read_count(reader, kImages),
          .hash = read_number(reader, kImagesHash, 16, std::numeric_limits<std::uint64_t>::max())};
}

TrainingState read_state(Reader& reader, const Network& network) {
  TrainingState state{.step = read_count(reader, "step"),
                      .layers = {},
                      .softmax = {},
                      .mean_activity = {},
                      .data = read_data_mark(reader)};
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const std::string name = layer_name(index);
    const DenseLayer& layer = network.layers[index];
    const Moments weights = reader.moments(name + ".weight", layer.inputs(), layer.units());
    state.layers.push_back({.weights = {PanelMatrix(weights.first), PanelMatrix(weights.second)},
                            .bias = reader.moments(name + ".bias", 1, layer.units())});
    state.mean_activity.emplace_back(
        reader.take(name + ".mean_activity", 1, static_cast<std::size_t>(layer.units())).row(0));
  }
  if (network.has_softmax()) state.softmax = read_softmax_moments(reader, network);
  return state;
}

}  // namespace

std::vector<std::uint8_t> save_model(const Network& network, TensorType type) {
  return write_safetensors(describe(network), type);
}

std::vector<std::uint8_t> save_checkpoint(const Network& network, const TrainingState& state) {
  TensorFile file = describe(network);
  file.metadata["step"] = std::to_string(state.step);
  file.metadata[kImages] = std::to_string(state.data.images);
  file.metadata[kImagesHash] = in_hexadecimal(state.data.hash);
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    put(file, layer_name(index), state.layers[index]);
    put(file, layer_name(index) + ".mean_activity", state.mean_activity[index]);
  }
  put(file, "softmax", state.softmax);
  return write_safetensors(file, TensorType::kF32);
}

SavedModel load_model(std::span<const std::uint8_t> bytes, std::string_view name) {
  TensorFile file = read_safetensors(bytes, name);
  const bool resumable = file.metadata.contains("step");
  Reader reader(std::move(file), name);
  SavedModel model{.network = read_network(reader), .state = {}, .resumable = resumable};
  if (resumable) model.state = read_state(reader, model.network);
  return model;
}

SavedModel load_model(const std::filesystem::path& path) {
  return load_model(read_file(path, kLargestModel), path.string());
}

}  // namespace ff
