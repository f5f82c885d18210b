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

constexpr const char* kMeanActivity = ".mean_activity";
constexpr const char* kRunningMean = ".running_mean";
constexpr const char* kRunningVariance = ".running_variance";

void put(TensorFile& file, const std::string& name, const Eigen::Ref<const Matrix>& matrix) {
  Tensor tensor{
      .shape = {static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())},
      .values = {}};
  tensor.values.assign(matrix.data(), matrix.data() + matrix.size());
  file.tensors.emplace(name, std::move(tensor));
}

enum class Moments { kLeftOut, kKept };

void put(TensorFile& file, const std::string& name, const Parameter& parameter, Moments moments) {
  put(file, name, parameter.matrix());
  if (moments == Moments::kLeftOut) return;
  if (parameter.first.size() > 0) put(file, name + kFirst, parameter.first.matrix());
  if (parameter.second.size() > 0) put(file, name + kSecond, parameter.second.matrix());
}

// One below the other; those that are empty take no room.
PanelMatrix stacked(const std::vector<Parameter>& parts, PanelMatrix Parameter::*which) {
  Eigen::Index rows = 0;
  Eigen::Index columns = 0;
  const auto values = [which](const Parameter& part) -> const PanelMatrix& {
    return which == nullptr ? part : part.*which;
  };
  for (const Parameter& part : parts) {
    rows += values(part).rows();
    columns = std::max(columns, values(part).cols());
  }
  Matrix whole(rows, columns);
  rows = 0;
  for (const Parameter& part : parts) {
    if (values(part).size() == 0) continue;
    whole.middleRows(rows, values(part).rows()) = values(part).matrix();
    rows += values(part).rows();
  }
  return PanelMatrix(whole);
}

// The softmax's parts make one tensor [units of all counted layers x classes].
Parameter stacked(const std::vector<Parameter>& parts) {
  Parameter whole(stacked(parts, nullptr));
  whole.first = stacked(parts, &Parameter::first);
  whole.second = stacked(parts, &Parameter::second);
  return whole;
}

// The other way round: a layer's part each.
PanelMatrix rows_of(const PanelMatrix& whole, Eigen::Index first, Eigen::Index count) {
  if (whole.size() == 0 || count == 0) return {};
  return PanelMatrix(Matrix(whole.matrix().middleRows(first, count)));
}

std::vector<Parameter> parts_of(const Parameter& whole, const Network& network) {
  std::vector<Parameter> parts;
  Eigen::Index first = 0;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const Eigen::Index units = network.has_part(index) ? network.layers[index].outputs() : 0;
    parts.emplace_back(rows_of(whole, first, units));
    parts.back().first = rows_of(whole.first, first, units);
    parts.back().second = rows_of(whole.second, first, units);
    first += units;
  }
  return parts;
}

std::string layer_name(std::size_t index) { return "layer" + std::to_string(index + 1); }

std::string name_of(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kWeights:
      return ".weight";
    case ParameterKind::kBias:
      return ".bias";
    case ParameterKind::kGain:
      return ".gain";
    case ParameterKind::kShift:
      break;
  }
  return ".shift";
}

TensorFile describe(const Network& network, Moments moments) {
  TensorFile file;
  each_parameter(
      [&](const ParameterPlace& place, const Parameter& parameter) {
        if (!place.softmax)
          put(file, layer_name(place.layer) + name_of(place.kind), parameter, moments);
        else if (place.is_row())
          put(file, "softmax" + name_of(place.kind), parameter, moments);
      },
      network);
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const RunningFigures& running = network.layers[index].running;
    if (running.mean.size() == 0) continue;
    put(file, layer_name(index) + kRunningMean, running.mean);
    put(file, layer_name(index) + kRunningVariance, running.variance);
  }
  if (network.has_softmax()) put(file, "softmax.weight", stacked(network.softmax.weights), moments);
  write_metadata(network, file);
  return file;
}

void read_layer(ModelReader& reader, const std::string& name, Layer& layer) {
  const auto row = [&](ParameterKind kind, Eigen::Index columns) {
    return reader.parameter(name + name_of(kind), {.columns = 1}, columns);
  };
  layer.weights =
      reader.parameter(name + name_of(ParameterKind::kWeights), layer.fields, layer.columns());
  layer.bias = row(ParameterKind::kBias, layer.columns());
  if (layer.normalisation->learns_scale) {
    layer.gain = row(ParameterKind::kGain, layer.passed.channels);
    layer.shift = row(ParameterKind::kShift, layer.passed.channels);
  }
  if (layer.normalisation->of_batch) {
    const auto channels = static_cast<std::size_t>(layer.passed.channels);
    layer.running.mean = reader.take(name + kRunningMean, 1, channels).row(0);
    layer.running.variance = reader.take(name + kRunningVariance, 1, channels).row(0);
  }
  if (const std::string mean = name + kMeanActivity; reader.has(mean))
    layer.mean_activity = reader.take(mean, 1, static_cast<std::size_t>(layer.units())).row(0);
}

Network read_network(ModelReader& reader) {
  Network network = read_metadata(reader);
  Eigen::Index features = 0;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    read_layer(reader, layer_name(index), network.layers[index]);
    if (network.has_part(index)) features += network.layers[index].outputs();
  }
  if (network.config.softmax_rate == 0.0) return network;
  const Eigen::Index labels = network.labels();
  network.softmax.weights =
      parts_of(reader.parameter("softmax.weight", {.columns = features}, labels), network);
  network.softmax.bias = reader.parameter("softmax.bias", {.columns = 1}, labels);
  return network;
}

}  // namespace

std::vector<std::uint8_t> save_model(const Network& network, TensorType type) {
  return write_safetensors(describe(network, Moments::kLeftOut), type);
}

std::vector<std::uint8_t> save_checkpoint(const Network& network, const TrainingState& state) {
  TensorFile file = describe(network, Moments::kKept);
  write_metadata(state, file);
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    put(file, layer_name(index) + kMeanActivity, network.layers[index].mean_activity);
  return write_safetensors(file, TensorType::kF32);
}

SavedModel load_model(std::span<const std::uint8_t> bytes, std::string_view name) {
  TensorFile file = read_safetensors(bytes, name);
  const bool resumable = file.metadata.contains("step");
  ModelReader reader(std::move(file), name);
  SavedModel model{.network = read_network(reader), .state = {}, .resumable = resumable};
  if (resumable) model.state = read_state(reader);
  return model;
}

SavedModel load_model(const std::filesystem::path& path) {
  return load_model(read_file(path, kLargestModel), path.string());
}

}  // namespace ff
