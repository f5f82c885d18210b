#include "ff/model_file.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "ff/error.hpp"
#include "ff/files.hpp"
#include "model_metadata.hpp"
#include "model_reader.hpp"

namespace ff {
namespace {

void put(TensorFile& file, const std::string& name, const Eigen::Ref<const Matrix>& matrix) {
  Tensor tensor{
      .shape = {static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())},
      .values = {}};
  tensor.values.assign(matrix.data(), matrix.data() + matrix.size());
  file.tensors.emplace(name, std::move(tensor));
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

// The softmax's parts, one below the other, make one tensor [units of all counted layers x
// classes].
Matrix stacked(const std::vector<const PanelMatrix*>& parts) {
  Eigen::Index rows = 0;
  Eigen::Index columns = 0;
  for (const PanelMatrix* part : parts) {
    rows += part->rows();
    columns = std::max(columns, part->cols());
  }
  Matrix whole(rows, columns);
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
  write_metadata(network, file);
  return file;
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

Network read_network(ModelReader& reader) {
  Network network = read_metadata(reader);
  auto inputs = static_cast<std::size_t>(network.format.columns());
  Eigen::Index features = 0;
  for (std::size_t index = 0; index < network.config.layers.size(); ++index) {
    const auto units = static_cast<std::size_t>(network.config.layers[index]);
    network.layers.push_back(reader.layer(layer_name(index), inputs, units));
    if (network.counted(index)) features += network.layers.back().units();
    inputs = units;
  }
  if (network.config.softmax_rate == 0.0) return network;
  const std::size_t labels = network.classes.size();
  const Matrix weights = reader.take("softmax.weight", static_cast<std::size_t>(features), labels);
  network.softmax = {.weights = parts_of(weights, network),
                     .bias = reader.take("softmax.bias", 1, labels)};
  return network;
}

SoftmaxMoments read_softmax_moments(ModelReader& reader, const Network& network) {
  Eigen::Index features = 0;
  for (const PanelMatrix& part : network.softmax.weights) features += part.rows();
  const Moments weights = reader.moments("softmax.weight", features, network.labels());
  SoftmaxMoments moments{.weights = std::vector<PanelMoments>(network.layers.size()),
                         .bias = reader.moments("softmax.bias", 1, network.labels())};
  const auto first = parts_of(weights.first, network);
  const auto second = parts_of(weights.second, network);
  for (std::size_t index = 0; index < first.size(); ++index)
    moments.weights[index].first = first[index];
  for (std::size_t index = 0; index < second.size(); ++index)
    moments.weights[index].second = second[index];
  return moments;
}

TrainingState read_state(ModelReader& reader, const Network& network) {
  TrainingState state{.step = read_step(reader),
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
  write_metadata(state, file);
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
  ModelReader reader(std::move(file), name);
  SavedModel model{.network = read_network(reader), .state = {}, .resumable = resumable};
  if (resumable) model.state = read_state(reader, model.network);
  return model;
}

SavedModel load_model(const std::filesystem::path& path) {
  return load_model(read_file(path, kLargestModel), path.string());
}

}  // namespace ff
