#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ff/calibration.hpp"
#include "ff/config.hpp"
#include "ff/dataset.hpp"
#include "ff/label_code.hpp"
#include "ff/layer.hpp"
#include "ff/matrix.hpp"
#include "ff/optimiser.hpp"

namespace ff {

/// The one-pass read-out: a linear map from directions to the labels' log odds.
struct SoftmaxLayer {
  std::vector<Parameter> weights;  ///< [layers] each [outputs x classes]; empty where not counted
  Parameter bias;                  ///< [1 x classes]
};

/// A trained, or not yet trained, net and the config that made it.
struct Network {
  Config config;
  Shape shape;                       ///< of the images that it takes
  std::vector<std::string> classes;  ///< that it tells apart, by name
  RowFormat format;                  ///< of images and labels; follows from the three above
  std::vector<Layer> layers;
  SoftmaxLayer softmax;                      ///< empty if left out
  std::optional<Calibration> calibration{};  ///< once its readings were looked at

  Eigen::Index labels() const { return static_cast<Eigen::Index>(classes.size()); }
  bool has_softmax() const { return softmax.bias.size() > 0; }
  /// Whether layer `index` (from 0) has a goodness for every class: the last of each `span`.
  bool ends_span(std::size_t index) const {
    return (static_cast<int>(index) + 1) % config.span == 0 || index + 1 == layers.size();
  }
  /// Whether the softmax has a part for it.
  bool has_part(std::size_t index) const {
    return reads_classes(config) ? ends_span(index) : counted(index);
  }
  /// Whether the goodness of layer `index` (from 0) counts in the read-outs.
  bool counted(std::size_t index) const {
    return counts(index, config.first_counted_layer, config.last_counted_layer);
  }
};

enum class ParameterKind { kWeights, kBias, kGain, kShift };

/// Which of a net's parameters: of layer `layer` (from 0), or of the softmax and then what it sees
/// of that layer. Its bias belongs to no layer.
struct ParameterPlace {
  std::size_t layer = 0;
  bool softmax = false;
  ParameterKind kind = ParameterKind::kWeights;

  /// A row of numbers, which do not decay.
  bool is_row() const { return kind != ParameterKind::kWeights; }
};

/// Calls use(place, parameter, others...) for each parameter there is of a net, with the same one
/// of `others`, which have layers and a softmax as it has.
template <class Use, class Net, class... Others>
void each_parameter(const Use& use, Net& net, Others&... others) {
  for (std::size_t index = 0; index < net.layers.size(); ++index) {
    use(ParameterPlace{.layer = index}, net.layers[index].weights, others.layers[index].weights...);
    use(ParameterPlace{.layer = index, .kind = ParameterKind::kBias}, net.layers[index].bias,
        others.layers[index].bias...);
    if (net.layers[index].gain.size() == 0) continue;
    use(ParameterPlace{.layer = index, .kind = ParameterKind::kGain}, net.layers[index].gain,
        others.layers[index].gain...);
    use(ParameterPlace{.layer = index, .kind = ParameterKind::kShift}, net.layers[index].shift,
        others.layers[index].shift...);
  }
  for (std::size_t index = 0; index < net.softmax.weights.size(); ++index)
    if (net.softmax.weights[index].size() > 0)
      use(ParameterPlace{.layer = index, .softmax = true}, net.softmax.weights[index],
          others.softmax.weights[index]...);
  if (net.softmax.bias.size() > 0)
    use(ParameterPlace{.softmax = true, .kind = ParameterKind::kBias}, net.softmax.bias,
        others.softmax.bias...);
}

/// The layers of a net for images of that shape, told by the config: `layers`, and `regions` where
/// they see everything; still without weights. What columns are given
/// over to the label, all units of layer 1 see. Throws Error naming `layers` when
/// fields do not fit what they should see.
std::vector<Layer> plan_layers(const Config& config, const Shape& images, const RowFormat& format,
                               std::size_t classes);

/// A net for images of that shape and those classes, with weights drawn from N(0, 1 / inputs) by
/// the config's seed, biases, shifts and softmax 0, gains 1.
Network make_network(const Config& config, const Shape& shape, std::vector<std::string> classes);

/// A copy to look at or to try something on: without what learning keeps beside the weights.
Network without_moments(const Network& network);

/// What is wrong with images that the net cannot take, as "images are 9x9 pixels, …."; empty when
/// they have its shape and classes.
std::string misfit(const Network& network, const Dataset& images);

}  // namespace ff
