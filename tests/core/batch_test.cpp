#include "ff/batch.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>

namespace ff {
namespace {

// One image of 6x6 with a single white pixel well inside.
Dataset single_pixel() {
  Dataset data{.width = 6, .height = 6, .classes = 10, .pixels = {}, .labels = {4}};
  data.pixels.assign(36, 0);
  data.pixels[3 * 6 + 2] = 255;
  return data;
}

}  // namespace

TEST_CASE("pixels become 0..1 and the label pixels are cleared") {
  Dataset data = single_pixel();
  data.pixels[4] = 200;
  Batch batch;
  const std::uint32_t index = 0;
  fill_batch(data, {&index, 1}, InputsKind::kPlain, batch);
  CHECK(batch.pixels(0, 20) == 1.0F);
  CHECK(batch.pixels(0, 4) == 0.0F);
  CHECK(batch.square_sum[0] == 1.0F);
  CHECK(batch.labels[0] == 4);
}

TEST_CASE("a batch can be moved as a whole") {
  const Dataset data = single_pixel();
  Batch batch;
  fill_batch(data, std::vector<std::uint32_t>{0, 0}, InputsKind::kPlain, batch,
             {.down = 1, .right = -2});
  for (Eigen::Index row = 0; row < 2; ++row) {
    CHECK(batch.pixels(row, 4 * 6 + 0) == 1.0F);
    CHECK(batch.square_sum[row] == 1.0F);
  }
}

TEST_CASE("shifts move an image to every place within reach, background coming in") {
  const Dataset data = single_pixel();
  std::set<Eigen::Index> places;
  const std::uint32_t index = 0;
  for (std::uint64_t draw = 0; draw < 300; ++draw) {
    Random random(1, RandomUse::kAugmentation, draw);
    Batch batch;
    fill_batch(data, {&index, 1}, {.inputs = InputsKind::kPlain, .shift = 1, .hybrids = false},
               random, batch);
    CHECK(batch.pixels.sum() == 1.0F);
    Eigen::Index place = 0;
    batch.pixels.row(0).maxCoeff(&place);
    places.insert(place);
  }
  CHECK(places == std::set<Eigen::Index>{13, 14, 15, 19, 20, 21, 25, 26, 27});
}

TEST_CASE("a shift drops what leaves the image and does not wrap it round") {
  Dataset data = single_pixel();
  data.pixels.assign(36, 0);
  data.pixels[3 * 6 + 5] = 255;
  const std::uint32_t index = 0;
  for (std::uint64_t draw = 0; draw < 100; ++draw) {
    Random random(1, RandomUse::kAugmentation, draw);
    Batch batch;
    fill_batch(data, {&index, 1}, {.inputs = InputsKind::kPlain, .shift = 2, .hybrids = false},
               random, batch);
    for (Eigen::Index pixel = 0; pixel < 36; ++pixel)
      if (batch.pixels(0, pixel) > 0.0F) CHECK(pixel % 6 >= 3);
  }
}

TEST_CASE("a shift moves every channel of an image alike") {
  Dataset data = single_pixel();
  data.channels = 3;
  data.pixels.assign(std::size_t{3} * 36, 0);
  for (const std::size_t plane : {0, 36, 72}) data.pixels[plane + 3 * 6 + 2] = 255;
  const std::uint32_t index = 0;
  std::set<Eigen::Index> places;
  for (std::uint64_t draw = 0; draw < 100; ++draw) {
    Random random(1, RandomUse::kAugmentation, draw);
    Batch batch;
    fill_batch(data, {&index, 1}, {.inputs = InputsKind::kPlain, .shift = 1, .hybrids = false},
               random, batch);
    CHECK(batch.pixels.sum() == 3.0F);
    Eigen::Index place = 0;
    batch.pixels.row(0).head(36).maxCoeff(&place);
    CHECK(batch.pixels(0, 36 + place) == 1.0F);
    CHECK(batch.pixels(0, 72 + place) == 1.0F);
    places.insert(place);
  }
  CHECK(places.size() == 9);
}

TEST_CASE("a label lights its own pixel, the neutral one all ten a little") {
  const RowVector three = label_pixels(3, 5.0F);
  CHECK(three[3] == 5.0F);
  CHECK(three.sum() == 5.0F);
  CHECK(label_pixels(kNeutral, 5.0F).isApprox(RowVector::Constant(kLabels, 0.5F)));
}

TEST_CASE("a centred image has mean 0 but for its label pixels, and keeps its contrast") {
  const Dataset data = single_pixel();
  const std::uint32_t index = 0;
  Batch plain;
  Batch centred;
  fill_batch(data, {&index, 1}, InputsKind::kPlain, plain);
  fill_batch(data, {&index, 1}, InputsKind::kCentred, centred);
  const float mean = plain.pixels.row(0).mean();
  CHECK(mean > 0.0F);
  for (Eigen::Index pixel = 0; pixel < plain.pixels.cols(); ++pixel)
    CHECK(centred.pixels(0, pixel) == (pixel < kLabels ? 0.0F : plain.pixels(0, pixel) - mean));
  CHECK(centred.square_sum[0] == centred.pixels.row(0).squaredNorm());
}

}  // namespace ff
