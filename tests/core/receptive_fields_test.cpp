#include "ff/receptive_fields.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <string>

#include "ff/error.hpp"
#include "ff/pass.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;
using test::layer_of;

constexpr int kFieldImageSide = 12;

Config with_regions(int regions) {
  Config config = test::small_config();
  config.regions = regions;
  return config;
}

Config with_layers(std::vector<LayerSpec> layers) {
  Config config = test::small_config();
  config.layers = std::move(layers);
  return config;
}

std::vector<Layer> layers_for(const Config& config, const Shape& images) {
  return plan_layers(config, images, row_format(config, images, test::kClasses), test::kClasses);
}

bool sees(const Layer& layer, std::size_t set, int input) {
  return std::ranges::binary_search(layer.fields.inputs[set], static_cast<std::uint32_t>(input));
}

// Of 12 x 12 pixels in regions of `size`: a region, half of one beyond it, and the label.
bool in_region(int pixel, int down, int right, int size) {
  const auto near = [size](int at, int part) {
    return at >= size * part - size / 2 && at < size * (part + 1) + size / 2;
  };
  return pixel < test::kClasses ||
         (near(pixel / kFieldImageSide, down) && near(pixel % kFieldImageSide, right));
}

// Nets that between them have every kind of field: dense, regions that do not divide the units
// evenly, fields on images and on layers, hanging over the edge, with weights of their own or
// shared.
struct Case {
  Config config;
  int side;
};

Case any_case() {
  Config uneven = with_regions(2);
  uneven.layers = {10, 9};
  switch (GENERATE(range(0, 7))) {
    case 0:
      return {uneven, 6};
    case 1:
      return {with_layers({layer_of("local 3x3x2"), layer_of("local 2x2x3"), 5}), 5};
    case 2:
      return {with_layers(
                  {layer_of("local 4x3x3 stride 2 padding 2"), layer_of("local 2x2x2 padding 1")}),
              4};
    case 3:
      return {with_layers({layer_of("conv 3x3x2 padding 1"), layer_of("conv 2x2x3 stride 2"), 5}),
              5};
    case 4:  // as wide as the image, and beyond it
      return {with_layers({layer_of("conv 4x3x3 stride 2 padding 2"), layer_of("local 2x2x2")}), 4};
    case 5:
      return {with_layers({layer_of("local 2x2x2 stride 2"), layer_of("conv 2x1x40")}), 4};
    default:
      return {with_layers({6, layer_of("local 1x1x4")}), 4};
  }
}

}  // namespace

TEST_CASE("units are divided among parts completely, without overlap and evenly") {
  const Eigen::Index units = GENERATE(49, 50, 97, 500);
  const Eigen::Index parts = GENERATE(1, 4, 9, 49);
  Eigen::Index next = 0;
  Eigen::Index smallest = units;
  Eigen::Index largest = 0;
  for (Eigen::Index part = 0; part < parts; ++part) {
    const auto [first, count] = part_of(units, parts, part);
    CHECK(first == next);
    next = first + count;
    smallest = std::min(smallest, count);
    largest = std::max(largest, count);
  }
  CHECK(next == units);
  CHECK(smallest > 0);
  CHECK(largest - smallest <= 1);
}

TEST_CASE("a unit sees its region, half a region beyond it, and the label") {
  const int regions = GENERATE(2, 3);
  const Layer layer = layers_for(with_regions(regions), {1, kFieldImageSide, kFieldImageSide})[0];
  REQUIRE(layer.fields.sets() == Eigen::Index{regions} * regions);
  CHECK(layer.groups == layer.fields.sets());
  for (int region = 0; region < regions * regions; ++region)
    for (int pixel = 0; pixel < kFieldImageSide * kFieldImageSide; ++pixel) {
      CAPTURE(pixel, region);
      CHECK(sees(layer, static_cast<std::size_t>(region), pixel) ==
            in_region(pixel, region / regions, region % regions, kFieldImageSide / regions));
    }
}

TEST_CASE("units of the image as a whole see all of it, and only layer 1 sees regions") {
  for (const Layer& layer : layers_for(with_regions(1), {1, kFieldImageSide, kFieldImageSide}))
    CHECK((layer.fields.inputs.empty() && layer.groups == 1));
  const std::vector<Layer> layers =
      layers_for(with_regions(2), {1, kFieldImageSide, kFieldImageSide});
  CHECK((layers[1].fields.inputs.empty() && layers[1].groups == 4));
}

TEST_CASE("regions are fields that hang over the edge") {
  const Shape images{1, 28, 28};
  Config whole = with_regions(3);
  whole.layers = {900};
  const Config fields = with_layers({layer_of("local 18x18x100 stride 9 padding 4")});
  CHECK(layers_for(whole, images)[0].fields.inputs == layers_for(fields, images)[0].fields.inputs);
}

TEST_CASE("the paper's local net has the paper's grids") {
  Config config = with_layers(
      {layer_of("local 10x10x128 stride 6"), layer_of("local 2x2x220"), layer_of("local 2x2x512")});
  CHECK(layers_for(config, {1, 28, 28})[2].groups == 1);
  config.goodness_of = GroupsKind::kPlaces;
  const std::vector<Layer> layers = layers_for(config, {1, 28, 28});
  CHECK(layers[0].shape == Shape{128, 4, 4});
  CHECK(layers[1].shape == Shape{220, 3, 3});
  CHECK(layers[2].shape == Shape{512, 2, 2});
  CHECK(layers[1].fields.columns == 128 * 4 * 4);
  CHECK(layers[1].fields.size() == 128 * 2 * 2);
  CHECK(layers[2].groups == 4);
  // The second place of the second row begins 6 pixels from the top and 6 from the left.
  CHECK(sees(layers[0], 5, 6 * 28 + 6));
  CHECK(sees(layers[0], 5, 15 * 28 + 15));
  CHECK_FALSE(sees(layers[0], 5, 5 * 28 + 6));
  CHECK_FALSE(sees(layers[0], 5, 6 * 28 + 16));
  // And in layer 2 it sees places 5, 6, 9 and 10 of layer 1.
  for (int unit = 0; unit < 16 * 128; ++unit) {
    const int place = unit / 128;
    CHECK(sees(layers[1], 4, unit) == (place == 5 || place == 6 || place == 9 || place == 10));
  }
}

TEST_CASE("a field of a colour image has all its channels, and the label wherever it stands") {
  Config config = with_layers({layer_of("local 2x2x3 stride 2")});
  config.label_code = "one_hot";
  const Layer layer = layers_for(config, {3, 4, 4})[0];
  REQUIRE(layer.fields.inputs.size() == 4);
  CHECK(layer.fields.inputs[3] == std::vector<std::uint32_t>{10, 11, 14, 15, 26, 27, 30, 31,
                                                             42, 43, 46, 47, 48, 49, 50, 51,
                                                             52, 53, 54, 55, 56, 57});
}

TEST_CASE("fields that do not fit are refused with the sizes") {
  CHECK_THROWS_MATCHES(layers_for(with_layers({layer_of("local 10x10x8 stride 6")}), {1, 8, 8}),
                       Error,
                       Catch::Matchers::Message("layers: layer 1 has fields of 10x10, what it sees "
                                                "is 8x8; expected smaller fields."));
  CHECK_THROWS_MATCHES(layers_for(with_layers({20, layer_of("local 2x1x8")}), {1, 8, 8}), Error,
                       Catch::Matchers::Message("layers: layer 2 has fields of 2x1, what it sees "
                                                "is 1x1; expected smaller fields."));
  CHECK_THROWS_AS(layers_for(with_layers({layer_of("local 1x1x8192")}), {1, 28, 28}), Error);
}

TEST_CASE("whatever it sees, a layer passes forward and learns as the reference does") {
  const Case chosen = any_case();
  Config config = test::plain_steps(chosen.config);
  config.batch = 4;
  config.goodness_of = GENERATE(GroupsKind::kLayer, GroupsKind::kPlaces);
  Trainer trainer(config, blobs(8, 7, chosen.side));
  Network before = trainer.network();
  trainer.step();
  const auto inputs = DenseReference::all_inputs(
      before, DenseReference{config.label_strength}.inputs(trainer.batch(), trainer.row_labels()));
  for (std::size_t index = 0; index < before.layers.size(); ++index) {
    CAPTURE(index);
    Layer& layer = before.layers[index];
    const auto loss = [&] { return DenseReference::layer_loss(layer, inputs[index], config); };
    const Layer& after = trainer.network().layers[index];
    CHECK(test::difference(after.weights.matrix() - layer.weights.matrix(),
                           -config.learning_rate * test::finite_differences(layer.weights, loss)) <
          1e-2);
    CHECK(test::difference(after.bias.matrix() - layer.bias.matrix(),
                           -config.learning_rate * test::finite_differences(layer.bias, loss)) <
          1e-2);
  }
}

TEST_CASE("weights that no input of a field belongs to stay 0") {
  Config config = any_case().config;
  config.weight_decay = 0.1;
  config.peer_strength = 0.1;
  Trainer trainer(config, blobs(40, 7, 6));
  for (int step = 0; step < 5; ++step) trainer.step();
  for (const Layer& layer : trainer.network().layers) {
    const Matrix weights = layer.weights.matrix();
    for (Eigen::Index set = 0; set < layer.fields.sets(); ++set) {
      const auto [first, count] = part_of(weights.cols(), layer.fields.sets(), set);
      const Eigen::Index unseen = weights.rows() - layer.fields.seen_by(set);
      CHECK(weights.block(weights.rows() - unseen, first, unseen, count).isZero(0.0F));
      CHECK_FALSE(weights.block(0, first, layer.fields.seen_by(set), count).isZero(0.0F));
    }
  }
}

TEST_CASE("what fields gather of a matrix they put back where it was") {
  const Layer layer =
      layers_for(with_layers({layer_of("local 4x3x3 stride 2 padding 2")}), {1, 6, 6})[0];
  const Matrix all = Matrix::Random(layer.fields.columns, layer.shape.size());
  const Matrix back = scattered(layer.fields, gathered(layer.fields, all));
  for (Eigen::Index input = 0; input < all.rows(); ++input)
    for (Eigen::Index unit = 0; unit < all.cols(); ++unit) {
      const bool seen = sees(layer, static_cast<std::size_t>(unit / 3), static_cast<int>(input));
      CHECK(back(input, unit) == (seen ? all(input, unit) : 0.0F));
    }
}

TEST_CASE("shared weights are put where every place has its inputs") {
  const Layer layer = layers_for(with_layers({layer_of("conv 3x2x2 padding 1")}), {1, 4, 5})[0];
  REQUIRE(layer.shape == Shape{2, 5, 5});
  const Matrix weights = Matrix::Random(layer.fields.size(), layer.columns());
  REQUIRE(weights.rows() == test::kClasses + 3 * 2);
  const Matrix all = scattered(layer.fields, weights);
  REQUIRE(all.cols() == layer.units());
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x)
      for (int down = 0; down < 4; ++down)
        for (int right = 0; right < 5; ++right) {
          const int pixel = 5 * down + right;
          if (pixel < test::kClasses) continue;
          const int row = down - y + 1;
          const int column = right - x + 1;
          const bool seen = row >= 0 && row < 2 && column >= 0 && column < 3;
          CAPTURE(x, y, down, right);
          CHECK(all(pixel, 2 * (5 * y + x) + 1) ==
                (seen ? weights(test::kClasses + 3 * row + column, 1) : 0.0F));
        }
}

TEST_CASE("a derivative goes back through shared weights by their transpose") {
  const int padding = GENERATE(0, 1, 2);
  const int units = GENERATE(5, 40);          // these by turned weights, those by gathering
  const Eigen::Index rows = GENERATE(3, 21);  // likewise
  CAPTURE(padding, units, rows);
  const auto second = "conv 3x3x" + std::to_string(units) + " padding " + std::to_string(padding);
  const Layer layer =
      layers_for(with_layers({layer_of("conv 1x1x6"), layer_of(second)}), {1, 5, 8})[1];
  const Matrix weights = Matrix::Random(layer.fields.size(), layer.columns());
  const Matrix gradient = Matrix::Random(rows, layer.units());
  Matrix below = Matrix::Ones(rows, layer.fields.columns);
  Pass pass;
  pass.derive_below(layer.fields, PanelMatrix(weights), gradient, below);
  const Matrix expected = gradient * scattered(layer.fields, weights).transpose();
  CHECK((below - expected).cwiseAbs().maxCoeff() < 1e-4F * expected.cwiseAbs().maxCoeff());
}

}  // namespace ff
