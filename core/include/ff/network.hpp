#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ff/activity.hpp"
#include "ff/batch.hpp"
#include "ff/config.hpp"
#include "ff/matrix.hpp"
#include "ff/optimiser.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

/// Every unit sees every input.
struct DenseLayer {
  Parameter weights;             ///< [inputs x units]
  Parameter bias;                ///< [1 x units]
  RowVector mean_activity = {};  ///< [units] a running mean, for peer normalisation

  Eigen::Index inputs() const { return weights.rows(); }
  Eigen::Index units() const { return weights.cols(); }
};

/// The one-pass read-out: a linear map from directions to the labels' log odds.
struct SoftmaxLayer {
  std::vector<Parameter> weights;  ///< [layers] each [units x classes]; empty where not counted
  Parameter bias;                  ///< [1 x classes]
};

/// A trained, or not yet trained, net and the config that made it.
struct Network {
  Config config;
  Shape shape;                       ///< of the images that it takes
  std::vector<std::string> classes;  ///< that it tells apart, by name
  RowFormat format;                  ///< of images and labels; follows from the three above
  std::vector<DenseLayer> layers;
  SoftmaxLayer softmax;  ///< empty if left out

  Eigen::Index inputs() const { return layers.front().inputs(); }
  Eigen::Index labels() const { return static_cast<Eigen::Index>(classes.size()); }
  bool has_softmax() const { return softmax.bias.size() > 0; }
  /// Whether the goodness of layer `index` (from 0) counts in the read-outs.
  bool counted(std::size_t index) const {
    return static_cast<int>(index) + 1 >= config.first_counted_layer;
  }
};

/// Which of a net's parameters: of layer `layer` (from 0), or of the softmax and then what it sees
/// of that layer. Its bias belongs to no layer.
struct ParameterPlace {
  std::size_t layer = 0;
  bool softmax = false;
  bool bias = false;
};

/// Calls use(place, parameter, others...) for each parameter there is of a net, with the same one
/// of `others`, which have layers and a softmax as it has.
template <class Use, class Net, class... Others>
void each_parameter(const Use& use, Net& net, Others&... others) {
  for (std::size_t index = 0; index < net.layers.size(); ++index) {
    use(ParameterPlace{.layer = index}, net.layers[index].weights, others.layers[index].weights...);
    use(ParameterPlace{.layer = index, .bias = true}, net.layers[index].bias,
        others.layers[index].bias...);
  }
  for (std::size_t index = 0; index < net.softmax.weights.size(); ++index)
    if (net.softmax.weights[index].size() > 0)
      use(ParameterPlace{.layer = index, .softmax = true}, net.softmax.weights[index],
          others.softmax.weights[index]...);
  if (net.softmax.bias.size() > 0)
    use(ParameterPlace{.softmax = true, .bias = true}, net.softmax.bias, others.softmax.bias...);
}

/// A net for images of that shape and those classes, with weights drawn from N(0, 1 / inputs) by
/// the config's seed, biases and softmax 0.
Network make_network(const Config& config, const Shape& shape, std::vector<std::string> classes);

/// What is wrong with images that the net cannot take, as "images are 9x9 pixels, …."; empty when
/// they have its shape and classes.
std::string misfit(const Network& network, const Dataset& images);

/// Images on their way through a net, each with the labels that its rows carry.
struct LabelledImages {
  const Matrix& product;  ///< layer 1's with the batch's rows, as image_product makes it
  const Batch& batch;
  /// [groups * pictures], or as many rows as are wanted: group by group, the label (or kNeutral) of
  /// each row.
  std::span<const int> labels;
  float strength;  ///< of a label; 0: the images carry none
};

/// Working memory of the products below, kept from call to call so that a step allocates nothing.
struct Workspace {
  AlignedFloats left, panel_sums;
  std::vector<std::uint32_t> index, kept;
  Matrix logits;
  PanelMatrix shared, transposed, column_sums;
  Activity boxed;
};

/// Layer 1's product with the pictures and the label codes, [pictures + codes x units]: rows that
/// show the same picture, or carry the same label, share it. Columns that are 0 in neighbouring
/// rows cost nothing.
void image_product(const DenseLayer& first, const Batch& batch, Workspace& work, Matrix& product);

/// Layer 1 on labelled images. Every row is scaled to mean square 1 with its label in.
/// `input_scale` [rows] receives that scale.
void forward_labelled(const Network& network, const LabelledImages& images, Vector& input_scale,
                      Activity& activity);

/// Layer 1's weighted sums alone, [rows x units], without the activation. `first` may be any
/// weights and bias of that shape, such as a change of layer 1's; `images.product` is then theirs.
void weigh_labelled(const DenseLayer& first, const LabelledImages& images, Vector& input_scale,
                    const Eigen::Ref<Matrix>& sums);

/// Any later layer: activation of its input's direction times the weights, plus the bias.
void forward_hidden(const Network& network, std::size_t index, const Activity& input,
                    Workspace& work, Activity& activity);

/// A later layer's weighted sums alone, as weigh_labelled.
void weigh_hidden(const DenseLayer& layer, const Activity& input, Workspace& work,
                  Eigen::Ref<Matrix> sums);

/// What layer `index` (from 1) sees of the activity of the one before: all of it, or what a black
/// box between the two makes of it.
const Activity& seen_by(const Network& network, std::size_t index, const Activity& previous,
                        Workspace& work);

/// Layer `index`, whichever it is. `previous`: the activity of the layer before, if any.
void forward(const Network& network, std::size_t index, const LabelledImages& images,
             const Activity& previous, Workspace& work, Vector& input_scale, Activity& activity);

/// Adds one layer's direction times its part of the softmax to `logits` [rows x classes].
void add_logits(const PanelMatrix& weights, const Activity& activity, Workspace& work,
                Matrix& logits);

/// Steps layer 1's weights against their gradient, every picture and every code taken once: batch
/// rows^T times the scaled delta, summed over the rows that show the one or carry the other.
/// `delta` [groups * images x units] is the derivative by the sums before the activation.
void learn_labelled(const LabelledImages& images, const Vector& input_scale,
                    const PanelMatrix& delta, const OptimiserStep& step, Workspace& work,
                    Parameter& weights);

/// Steps the weights that a layer's direction is multiplied with against their gradient,
/// direction^T delta.
void learn_hidden(const Activity& previous, const PanelMatrix& delta, const OptimiserStep& step,
                  Workspace& work, Parameter& weights);

/// Steps a bias against its gradient, the column sums of delta; without decay.
void learn_bias(const PanelMatrix& delta, const OptimiserStep& step, Workspace& work,
                Parameter& bias);

/// Steps layer `index`, whichever it is, weights and bias, against the gradient that `delta` means.
/// `previous` as in forward.
void learn_layer(std::size_t index, const LabelledImages& images, const Activity& previous,
                 const Vector& input_scale, const PanelMatrix& delta, const OptimiserStep& step,
                 Workspace& work, Network& network);

/// Row-wise softmax, in place: [rows x classes] sums become probabilities.
void softmax_rows(Matrix& logits);

}  // namespace ff
