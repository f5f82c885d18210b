#include "ff/inspect.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <functional>
#include <utility>

#include "ff/read_out.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::DenseReference;
using test::layer_of;
using test::Real;
using test::WholeReference;

constexpr int kPictureSide = 6;
constexpr double kViewRounding = 2e-4;
constexpr double kSlopeDifference = 2e-3;

RowVector any_picture() {
  Random random(3, RandomUse::kDataset, 0);
  RowVector picture(kPictureSide * kPictureSide);
  for (float& pixel : picture) pixel = static_cast<float>(random.real());
  return picture;
}

// Nets that between them have every label code, activation, goodness and kind of field, inputs
// plain and centred, layers that do not count, and a black box.
Config config_of_any_path() {
  const int which = GENERATE(Catch::Generators::range(0, 8));
  if (which < 4) return test::every_path({24, 16}).at(static_cast<std::size_t>(which));
  Config config = test::small_config();
  config.label_code = which == 4 ? "wave" : which == 5 ? "channel" : "one_hot";
  if (which <= 5) config.inputs = InputsKind::kCentred;
  if (which == 5) config.activation = "leaky_relu";
  if (which == 6) config.black_box = 1;
  if (which == 7) {
    config.layers = {24, 16, 12};
    config.first_counted_layer = 2;
    config.polarity = PolarityKind::kLow;
  }
  return config;
}

// What each layer sees of a picture with a label, by the paper's formulas.
std::vector<Real> seen_by_reference(const Network& network, Real picture, int label) {
  const RowFormat& format = network.format;
  if (format.centred) picture.array() -= picture.mean();
  Real row = Real::Zero(1, format.columns());
  row.leftCols(format.pixels) = picture;
  row.leftCols(format.cleared).setZero();
  if (format.strength != 0.0F)
    row += static_cast<double>(format.strength) * format.codes.row(label).cast<double>();
  return DenseReference::all_inputs(network, DenseReference::directions(row));
}

Real activity_by_reference(const Network& network, const Real& picture, int label,
                           std::size_t layer) {
  return DenseReference::activity(network.layers[layer],
                                  seen_by_reference(network, picture, label)[layer],
                                  network.config.activation);
}

double goodness_by_reference(const Network& network, const Real& picture, int label, int layer) {
  double sum = 0.0;
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    if (layer == kCountedLayers ? network.counted(index) : static_cast<int>(index) == layer)
      sum += DenseReference::goodness(activity_by_reference(network, picture, label, index),
                                      network.config)[0];
  return sum;
}

// [1 x pixels] derivative of `value` by each pixel, by central differences.
Real slopes_by_differences(const RowVector& picture,
                           const std::function<double(const Real&)>& value) {
  constexpr double kStep = 1e-6;
  Real moved = picture.cast<double>();
  Real slopes(1, picture.size());
  for (Eigen::Index pixel = 0; pixel < picture.size(); ++pixel) {
    const double kept = moved(0, pixel);
    moved(0, pixel) = kept + kStep;
    const double above = value(moved);
    moved(0, pixel) = kept - kStep;
    slopes(0, pixel) = (above - value(moved)) / (2.0 * kStep);
    moved(0, pixel) = kept;
  }
  return slopes;
}

}  // namespace

TEST_CASE("a view of layers is what they say of the picture, unit by unit") {
  const Network network = test::network_of(config_of_any_path(), kPictureSide);
  const RowVector picture = any_picture();
  const std::vector<LayerView> views = view_layers(network, picture, std::vector<int>{3, 8});
  for (std::size_t index = 0; index < views.size(); ++index) {
    const LayerView& view = views[index];
    for (const int row : {0, 1}) {
      const int label = row == 0 ? 3 : 8;
      const Real units = activity_by_reference(network, picture.cast<double>(), label, index);
      CHECK(test::difference(view.activity.row(row), units) < kViewRounding);
      CHECK(test::difference(view.goodness.row(row),
                             DenseReference::goodness(units, network.config)) < kViewRounding);
    }
    CHECK(view.adds.rowwise().sum().isApprox(view.goodness, 1e-4F));
  }
}

TEST_CASE("a view of layers agrees with the reading of the same picture") {
  const Network network = test::network_of(test::small_config(), 8);
  const auto data = test::blobs(1);
  const Scores scores = read_image(network, data->image(0));
  std::vector<int> labels(test::kClasses);
  for (int label = 0; label < test::kClasses; ++label)
    labels[static_cast<std::size_t>(label)] = label;
  const auto views = view_layers(network, picture_from(data->image(0)), labels);
  for (std::size_t index = 0; index < views.size(); ++index)
    CHECK(views[index].goodness.transpose().isApprox(scores.of("layer")[index]->row(0), 1e-5F));
}

TEST_CASE("where weights are shared a view has a map of each unit over all places") {
  Config config = test::small_config();
  config.rule = "class_goodness";  // no label in the picture
  config.layers = {layer_of("conv 3x3x4 padding 1 mean 2"), layer_of("local 2x2x5"), 7};
  const Network network = test::network_of(config, kPictureSide);
  const RowVector picture = any_picture();
  const auto maps = [&](const RowVector& shown) {
    return view_layers(network, shown, std::vector<int>{kNeutral})[0].maps;
  };
  const Matrix here = maps(picture);
  REQUIRE(here.rows() == 4);
  REQUIRE(here.cols() == kPictureSide * kPictureSide);
  const auto views = view_layers(network, picture, std::vector<int>{kNeutral});
  // Few enough that every unit is looked at: those of a place side by side.
  for (Eigen::Index place = 0; place < here.cols(); ++place)
    for (Eigen::Index unit = 0; unit < 4; ++unit)
      CHECK(here(unit, place) == views[0].activity(0, place * 4 + unit));
  CHECK(views[1].maps.size() == 0);
  CHECK(views[2].maps.size() == 0);
  // A dot lights the places around it alone, wherever it is.
  RowVector dot = RowVector::Zero(kPictureSide * kPictureSide);
  const Matrix dark = maps(dot);
  dot[4 * kPictureSide + 1] = 1.0F;
  const Matrix lit = maps(dot) - dark;
  for (int y = 0; y < kPictureSide; ++y)
    for (int x = 0; x < kPictureSide; ++x)
      if (std::abs(y - 4) > 1 || std::abs(x - 1) > 1) CHECK(lit.col(y * kPictureSide + x).isZero());
  CHECK_FALSE(lit.isZero());
}

TEST_CASE("of a large layer as many units are looked at as there is room for, spread evenly") {
  Config config = test::small_config();
  config.layers = {2500, 7};
  const auto views =
      view_layers(test::network_of(config, kPictureSide), any_picture(), std::vector<int>{0});
  CHECK(views[0].activity.cols() == kMostLookedAt);
  CHECK(views[1].activity.cols() == 7);
  CHECK(unit_at(0, 2500) == 0);
  CHECK(unit_at(1, 2500) == 2);
  CHECK(unit_at(kMostLookedAt - 1, 2500) == 2497);
  for (Eigen::Index place = 0; place < 7; ++place) CHECK(unit_at(place, 7) == place);
}

TEST_CASE("pixel slopes are the derivatives of goodness") {
  const Network network = test::network_of(config_of_any_path(), kPictureSide);
  const RowVector picture = any_picture();
  const int layer = GENERATE(kCountedLayers, 0, 1);
  const std::vector<int> labels{3, 8};
  const Matrix slopes = pixel_slopes(network, picture, labels, layer);
  for (Eigen::Index row = 0; row < slopes.rows(); ++row) {
    const int label = labels.at(static_cast<std::size_t>(row));
    const Real expected = slopes_by_differences(picture, [&](const Real& moved) {
      return goodness_by_reference(network, moved, label, layer);
    });
    CAPTURE(layer, label);
    CHECK(test::difference(slopes.row(row), expected) < kSlopeDifference);
  }
}

TEST_CASE(
    "where layers have a goodness for every class, a view and the slopes are of the label's") {
  Config config = test::small_config();
  config.rule = "class_goodness";
  config.class_goodness = GENERATE("projection", "squares", "mean");
  // Squares of groups that are brought to one variance are the same for all pictures.
  config.normalisation = config.class_goodness == "squares" ? "length" : "group";
  config.activation = "student_t";
  config.layers = {layer_of("conv 3x3x10 padding 1 mean 2"), layer_of("conv 2x2x20")};
  Network network = test::network_of(config, kPictureSide);
  Random random(5, RandomUse::kWeights, 9);
  for (Parameter& weights : network.softmax.weights)
    for (Eigen::Index row = 0; row < weights.rows(); ++row)
      for (Eigen::Index column = 0; column < weights.cols(); ++column)
        weights(row, column) = static_cast<float>(random.normal());
  const RowVector picture = any_picture();
  const std::vector<int> labels{3, 8};
  const auto views = view_layers(network, picture, labels);
  for (const std::size_t layer : {std::size_t{0}, std::size_t{1}}) {
    const auto said = [&](const Real& seen, int label) {
      const Real inputs = seen_by_reference(network, seen, label)[0];
      return WholeReference::class_goodness(network, layer, inputs)(0, label);
    };
    const Matrix slopes = pixel_slopes(network, picture, labels, static_cast<int>(layer));
    for (Eigen::Index row = 0; row < 2; ++row) {
      const int label = labels.at(static_cast<std::size_t>(row));
      CAPTURE(config.class_goodness, config.normalisation, layer, label);
      CHECK(std::abs(views[layer].goodness[row] - said(picture.cast<double>(), label)) < 1e-4);
      const Real expected =
          slopes_by_differences(picture, [&](const Real& moved) { return said(moved, label); });
      CHECK(test::difference(slopes.row(row), expected) < kSlopeDifference);
    }
  }
}

TEST_CASE("slopes of a unit are the derivatives of its activity") {
  const Network network = test::network_of(config_of_any_path(), kPictureSide);
  const RowVector picture = any_picture();
  for (const std::size_t layer : {std::size_t{0}, std::size_t{1}}) {
    Eigen::Index unit = 0;
    view_layers(network, picture, std::vector<int>{3})[layer].activity.row(0).maxCoeff(&unit);
    const Real expected = slopes_by_differences(picture, [&](const Real& moved) {
      return activity_by_reference(network, moved, 3, layer)(0, unit);
    });
    CHECK(test::difference(unit_slopes(network, picture, 3, layer, unit), expected) <
          kSlopeDifference);
  }
}

TEST_CASE("a climb raises the goodness and stays a picture") {
  const Network network = test::network_of(test::small_config(), kPictureSide);
  const int layer = GENERATE(0, 1, kCountedLayers);
  RowVector picture = RowVector::Constant(kPictureSide * kPictureSide, 0.5F);
  double reached = goodness_by_reference(network, picture.cast<double>(), 3, layer);
  for (int part = 0; part < 5; ++part) {
    for (int step = 0; step < 4; ++step) climb(network, 3, layer, 0.02F, picture);
    const double now = goodness_by_reference(network, picture.cast<double>(), 3, layer);
    CHECK(now > reached);
    reached = now;
  }
  CHECK(picture.minCoeff() >= 0.0F);
  CHECK(picture.maxCoeff() <= 1.0F);
  CHECK(picture.head(test::kClasses).isZero(0.0F));
}

TEST_CASE("weights into a unit are its column of all weights, where it sees something") {
  Config config = test::small_config();
  switch (GENERATE(Catch::Generators::range(0, 4))) {
    case 0:
      break;
    case 1:
      config.regions = 2;
      config.layers = {10, 9};
      break;
    case 2:
      config.layers = {layer_of("local 4x3x3 stride 2 padding 2"), 5};
      break;
    default:
      config.layers = {layer_of("conv 3x3x2 padding 1"), layer_of("conv 2x2x3 stride 2")};
  }
  const Network network = test::network_of(config, kPictureSide);
  for (const Layer& layer : network.layers) {
    const Matrix all = scattered(layer.fields, layer.weights.matrix());
    for (Eigen::Index unit = 0; unit < layer.units(); ++unit)
      CHECK(weights_into(layer, unit) == all.col(unit).transpose());
  }
}

}  // namespace ff
