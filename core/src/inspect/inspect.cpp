#include "ff/inspect.hpp"

#include <utility>

#include "ff/goodness.hpp"
#include "ff/panel_matrix.hpp"
#include "shown.hpp"

namespace ff {
namespace {

// Those of a place are together.
Matrix feature_maps(const Layer& layer, const Activity& activity) {
  if (!layer.fields.shared()) return {};
  const Eigen::Index places = layer.shape.area();
  const RowVector first = activity.units().row(0);
  return Eigen::Map<const Matrix>(first.data(), places, first.size() / places).transpose();
}

// Whether what it says is told label by label.
bool says_classes(const Network& network, std::size_t index) {
  return reads_classes(network.config) && network.ends_span(index);
}

LayerView view_of(const Network& network, std::size_t index, Shown& shown) {
  const Config& config = network.config;
  const Activity& activity = shown.layer(index);
  const Eigen::Index units = activity.units().cols();
  const Eigen::Index places = looked_at(units);
  const Goodness& kind = goodness(config.goodness);
  LayerView view{.activity = Matrix(activity.units().rows(), places),
                 .adds = Matrix(activity.units().rows(), places),
                 .goodness = {},
                 .maps = feature_maps(network.layers[index], activity)};
  const bool by_class = says_classes(network, index);
  const Matrix slopes = by_class ? shown.own_slopes(index) : Matrix();
  Vector adds;
  for (Eigen::Index place = 0; place < places; ++place) {
    const Eigen::Index unit = unit_at(place, units);
    view.activity.col(place) = activity.units().col(unit);
    if (by_class) {
      view.adds.col(place) = slopes.col(unit).cwiseProduct(view.activity.col(place));
    } else {
      kind.measure(activity, {.first = unit, .count = 1}, adds);
      view.adds.col(place) = goodness_scale(config, units) * adds;
    }
  }
  if (by_class)
    view.goodness = shown.own_goodness(index);
  else
    measure_goodness(config, activity, view.goodness);
  return view;
}

// [rows x units] derivative of a layer's goodness by its activity.
Matrix slope_of_goodness(const Network& network, std::size_t index, Shown& shown) {
  if (says_classes(network, index)) return shown.own_slopes(index);
  const Config& config = network.config;
  const Activity& activity = shown.layer(index);
  const Eigen::Index units = activity.units().cols();
  Matrix slope(activity.units().rows(), units);
  const Vector ones = Vector::Constant(slope.rows(), goodness_scale(config, units));
  goodness(config.goodness)
      .derivative(activity, ones, {.first = 0, .count = units},
                  {slope.data(), slope.rows(), units, Eigen::OuterStride<>(units)});
  return slope;
}

// Gradients by the activity of some layers, carried down to the pixels: own(index, gradient) adds
// that of layer `index`.
template <class Own>
Matrix carried_down(const Network& network, Shown& shown, const Own& own) {
  Matrix gradient = Matrix::Zero(shown.rows(), network.layers.back().outputs());
  for (std::size_t index = network.layers.size(); index-- > 0;) {
    gradient = shown.by_units(index, gradient);
    own(index, gradient);
    gradient = shown.below(index, std::move(gradient));
  }
  return shown.by_pixels(gradient);
}

}  // namespace

RowVector picture_from(std::span<const std::uint8_t> pixels) {
  constexpr float kWhite = 255.0F;
  RowVector picture(static_cast<Eigen::Index>(pixels.size()));
  for (std::size_t pixel = 0; pixel < pixels.size(); ++pixel)
    picture[static_cast<Eigen::Index>(pixel)] = static_cast<float>(pixels[pixel]) / kWhite;
  return picture;
}

std::vector<LayerView> view_layers(const Network& network, const RowVector& picture,
                                   std::span<const int> labels) {
  Shown shown(network, picture, labels);
  std::vector<LayerView> views;
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    views.push_back(view_of(network, index, shown));
  return views;
}

Matrix pixel_slopes(const Network& network, const RowVector& picture, std::span<const int> labels,
                    int layer) {
  Shown shown(network, picture, labels);
  return carried_down(network, shown, [&](std::size_t index, Matrix& gradient) {
    const bool wanted =
        layer == kCountedLayers ? network.counted(index) : static_cast<std::size_t>(layer) == index;
    if (wanted) gradient += slope_of_goodness(network, index, shown);
  });
}

RowVector unit_slopes(const Network& network, const RowVector& picture, int label,
                      std::size_t layer, Eigen::Index unit) {
  Shown shown(network, picture, std::vector<int>{label});
  return carried_down(network, shown, [&](std::size_t index, Matrix& gradient) {
    if (index == layer) gradient(0, unit) += 1.0F;
  });
}

void climb(const Network& network, int label, int layer, float stride, RowVector& picture) {
  const RowVector slope = pixel_slopes(network, picture, std::vector<int>{label}, layer);
  const float steepest = slope.cwiseAbs().maxCoeff();
  picture.head(network.format.cleared).setZero();
  if (steepest > 0.0F)
    picture = (picture + stride / steepest * slope).cwiseMax(0.0F).cwiseMin(1.0F);
}

RowVector weights_into(const Layer& layer, Eigen::Index unit) {
  const ReceptiveFields& fields = layer.fields;
  const Eigen::Index field = ((unit + 1) * fields.count() - 1) / layer.units();
  const Eigen::Index inside = unit - part_of(layer.units(), fields.count(), field).first;
  const Eigen::Index column =
      part_of(layer.columns(), fields.sets(), fields.set_of(field)).first + inside;
  const std::uint32_t* inputs = fields.columns_of(field);
  RowVector weights = RowVector::Zero(fields.columns);
  for (Eigen::Index place = 0; place < fields.seen_by(field); ++place) {
    const std::uint32_t input =
        inputs == nullptr ? static_cast<std::uint32_t>(place) : inputs[place];
    if (input != ReceptiveFields::kOutside) weights[input] = layer.weights(place, column);
  }
  return weights;
}

}  // namespace ff
