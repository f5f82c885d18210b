#include "ff/regions.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ff/batch.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;

constexpr int kSide = 12;

Config with_regions(int regions) {
  Config config = test::small_config();
  config.regions = regions;
  return config;
}

// Of 12 x 12 pixels in regions of `size`: a region, half of one beyond it, and the label.
bool seen(int pixel, int down, int right, int size) {
  const auto near = [size](int at, int part) {
    return at >= size * part - size / 2 && at < size * (part + 1) + size / 2;
  };
  return pixel < test::kLabels || (near(pixel / kSide, down) && near(pixel % kSide, right));
}

}  // namespace

TEST_CASE("units are divided among regions completely, without overlap and evenly") {
  const Config config = with_regions(GENERATE(1, 2, 3, 7));
  const Eigen::Index units = GENERATE(49, 50, 97, 500);
  const int regions = region_count(config);
  CHECK(regions == config.regions * config.regions);
  Eigen::Index next = 0;
  Eigen::Index smallest = units;
  Eigen::Index largest = 0;
  for (int region = 0; region < regions; ++region) {
    const auto [first, count] = region_units(config, units, region);
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
  const Config config = with_regions(regions);
  const auto data = blobs(1, 7, kSide);
  // Two units a region.
  const Eigen::Index units = 2 * regions * regions;
  PanelMatrix weights(Matrix::Ones(data->shape.size(), units));
  blind(config, data->shape, test::plain_rows(*data), weights);
  for (int pixel = 0; pixel < data->shape.size(); ++pixel)
    for (int unit = 0; unit < units; ++unit) {
      CAPTURE(pixel, unit);
      const int region = unit / 2;
      const bool sees = seen(pixel, region / regions, region % regions, kSide / regions);
      CHECK(weights(pixel, unit) == (sees ? 1.0F : 0.0F));
    }
}

TEST_CASE("a unit of the image as a whole sees all of it") {
  const auto data = blobs(1, 7, kSide);
  PanelMatrix weights(Matrix::Ones(data->shape.size(), 5));
  blind(with_regions(1), data->shape, test::plain_rows(*data), weights);
  CHECK(weights.matrix() == Matrix::Ones(data->shape.size(), 5));
}

TEST_CASE("what a unit does not see it never learns to see") {
  Config config = with_regions(2);
  config.weight_decay = 0.1;
  config.peer_strength = 0.1;
  config.layers = {8, 8};
  Trainer trainer(config, blobs(40, 7, kSide));
  const Matrix before = trainer.network().layers[0].weights.matrix();
  for (int step = 0; step < 5; ++step) {
    trainer.step();
    const Matrix after = trainer.network().layers[0].weights.matrix();
    int moved = 0;
    for (int pixel = 0; pixel < before.rows(); ++pixel)
      for (int unit = 0; unit < 8; ++unit) {
        const int region = unit / 2;
        if (!seen(pixel, region / 2, region % 2, kSide / 2)) {
          CHECK(before(pixel, unit) == 0.0F);
          CHECK(after(pixel, unit) == 0.0F);
        } else {
          moved += before(pixel, unit) != after(pixel, unit) ? 1 : 0;
        }
      }
    CHECK(moved > 500);
  }
}

TEST_CASE("a training step moves the units of a region by their region's loss") {
  Config config = test::plain_steps(with_regions(2));
  config.layers = {10, 9};
  config.batch = 4;
  Trainer trainer(config, blobs(8, 7, 6));
  Network before = trainer.network();
  trainer.step();
  const auto inputs = DenseReference::all_inputs(
      before, DenseReference{config.label_strength}.inputs(trainer.batch(), trainer.row_labels()));
  for (std::size_t index = 0; index < 2; ++index) {
    DenseLayer& layer = before.layers[index];
    const auto loss = [&] { return DenseReference::layer_loss(layer, inputs[index], config); };
    test::Real slope = test::finite_differences(layer.weights, loss);
    const Matrix kept = layer.weights.matrix();
    // Weights that blind() took stay 0.
    if (index == 0) slope = (kept.array() == 0.0F).select(0.0, slope);
    const Matrix moved = trainer.network().layers[index].weights.matrix() - kept;
    CHECK(test::difference(moved, -config.learning_rate * slope) < 1e-2);
  }
}

}  // namespace ff
