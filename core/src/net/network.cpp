#include "ff/network.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "ff/random.hpp"

namespace ff {

namespace {

// Where units share nothing, drawn for all inputs, so that what a unit sees changes none of the
// weights it has.
void draw_weights(const Config& config, std::size_t index, Layer& layer) {
  Random random(config.seed, RandomUse::kWeights, index);
  const ReceptiveFields& fields = layer.fields;
  const Eigen::Index inputs = fields.shared() ? fields.size() : fields.columns;
  const double deviation = 1.0 / std::sqrt(static_cast<double>(inputs));
  Matrix all(inputs, layer.columns());
  for (float& weight : all.reshaped<Eigen::RowMajor>())
    weight = static_cast<float>(deviation * random.normal());
  layer.weights =
      Parameter(PanelMatrix(fields.shared() ? all : gathered(fields, all), fields.sets()));
  layer.bias = Parameter(1, layer.columns());
  if (!layer.normalisation->learns_scale) return;
  layer.gain = Parameter(1, layer.passed.channels);
  layer.gain.flat().setOnes();
  layer.shift = Parameter(1, layer.passed.channels);
}

}  // namespace

Network make_network(const Config& config, const Shape& shape, std::vector<std::string> classes) {
  RowFormat format = row_format(config, shape, classes.size());
  Network network{.config = in_effect(config),
                  .shape = shape,
                  .classes = std::move(classes),
                  .format = std::move(format),
                  .layers = {},
                  .softmax = {}};
  network.layers = plan_layers(config, shape, network.format, network.classes.size());
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    draw_weights(config, index, network.layers[index]);
  if (config.softmax_rate == 0.0) return network;
  network.softmax.bias = Parameter(1, network.labels());
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    network.softmax.weights.emplace_back(
        network.has_part(index) ? network.layers[index].outputs() : 0, network.labels());
  return network;
}

Network without_moments(const Network& network) {
  const auto values_of = [](const PanelMatrix& parameter) { return Parameter(parameter); };
  Network copy{.config = network.config,
               .shape = network.shape,
               .classes = network.classes,
               .format = network.format,
               .layers = {},
               .softmax = {}};
  for (const Layer& layer : network.layers)
    copy.layers.push_back({.shape = layer.shape,
                           .passed = layer.passed,
                           .pooling = layer.pooling,
                           .pool = layer.pool,
                           .normalisation = layer.normalisation,
                           .classes = layer.classes,
                           .fields = layer.fields,
                           .until = layer.until,
                           .groups = layer.groups,
                           .weights = values_of(layer.weights),
                           .bias = values_of(layer.bias),
                           .gain = values_of(layer.gain),
                           .shift = values_of(layer.shift),
                           .running = layer.running});
  for (const Parameter& weights : network.softmax.weights)
    copy.softmax.weights.push_back(values_of(weights));
  copy.softmax.bias = values_of(network.softmax.bias);
  return copy;
}

std::string misfit(const Network& network, const Dataset& images) {
  if (images.shape != network.shape)
    return "images are " + in_words(images.shape) + " pixels, " + in_words(network.shape) +
           " as of those the net learns from were expected.";
  const auto lacks = [](const std::vector<std::string>& classes, const std::string& name) {
    return std::ranges::find(classes, name) == classes.end();
  };
  for (const std::string& name : images.classes)
    if (lacks(network.classes, name))
      return "images are of a class that the net does not know, " + name + ".";
  for (const std::string& name : network.classes)
    if (lacks(images.classes, name)) return "images lack a class that the net knows, " + name + ".";
  return images.classes == network.classes ? "" : "images have their classes in another order.";
}

}  // namespace ff
