#include "ff/batch.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "sample.hpp"

namespace ff {
namespace {

// One image of 6x6 with a single white pixel well inside.
Dataset single_pixel() {
  Dataset data{.shape = {.channels = 1, .height = 6, .width = 6}, .pixels = {}, .labels = {4}};
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
  fill_batch(data, {&index, 1}, test::plain_rows(data), batch);
  CHECK(batch.pictures()(0, 20) == 1.0F);
  CHECK(batch.pictures()(0, 4) == 0.0F);
  CHECK(batch.square_sum[0] == 1.0F);
  CHECK(batch.labels[0] == 4);
}

TEST_CASE("a batch can be moved as a whole") {
  const Dataset data = single_pixel();
  Batch batch;
  fill_batch(data, std::vector<std::uint32_t>{0, 0}, test::plain_rows(data), batch,
             {.down = 1, .right = -2});
  for (Eigen::Index row = 0; row < 2; ++row) {
    CHECK(batch.pictures()(row, 4 * 6 + 0) == 1.0F);
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
    fill_batch(data, {&index, 1}, test::plain_rows(data),
               {.shift = 1, .negatives = negatives("uniform")}, random, batch);
    CHECK(batch.pictures().sum() == 1.0F);
    Eigen::Index place = 0;
    batch.pictures().row(0).maxCoeff(&place);
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
    fill_batch(data, {&index, 1}, test::plain_rows(data),
               {.shift = 2, .negatives = negatives("uniform")}, random, batch);
    for (Eigen::Index pixel = 0; pixel < 36; ++pixel)
      if (batch.pictures()(0, pixel) > 0.0F) CHECK(pixel % 6 >= 3);
  }
}

TEST_CASE("a shift moves every channel of an image alike") {
  Dataset data = single_pixel();
  data.shape.channels = 3;
  data.pixels.assign(std::size_t{3} * 36, 0);
  for (const std::size_t plane : {0, 36, 72}) data.pixels[plane + 3 * 6 + 2] = 255;
  const std::uint32_t index = 0;
  std::set<Eigen::Index> places;
  for (std::uint64_t draw = 0; draw < 100; ++draw) {
    Random random(1, RandomUse::kAugmentation, draw);
    Batch batch;
    fill_batch(data, {&index, 1}, test::plain_rows(data),
               {.shift = 1, .negatives = negatives("uniform")}, random, batch);
    CHECK(batch.pictures().sum() == 3.0F);
    Eigen::Index place = 0;
    batch.pictures().row(0).head(36).maxCoeff(&place);
    CHECK(batch.pictures()(0, 36 + place) == 1.0F);
    CHECK(batch.pictures()(0, 72 + place) == 1.0F);
    places.insert(place);
  }
  CHECK(places.size() == 9);
}

TEST_CASE("an image is mirrored as often as is asked for, in every channel, then moved") {
  Dataset data = single_pixel();
  data.shape.channels = 3;
  data.pixels.assign(std::size_t{3} * 36, 0);
  for (const std::size_t plane : {0, 36, 72}) data.pixels[plane + 3 * 6 + 5] = 255;
  const std::uint32_t index = 0;
  int mirrored = 0;
  for (std::uint64_t draw = 0; draw < 100; ++draw) {
    Random random(1, RandomUse::kAugmentation, draw);
    Batch batch;
    fill_batch(data, {&index, 1}, test::plain_rows(data),
               {.shift = 1, .negatives = negatives("uniform"), .flips = 0.25}, random, batch);
    const Shift& shift = batch.shifts.front();
    mirrored += shift.mirrored ? 1 : 0;
    const int column = (shift.mirrored ? 0 : 5) + shift.right;
    for (int plane = 0; plane < 3; ++plane)
      for (int pixel = 10; pixel < 36; ++pixel)
        CHECK(batch.pictures()(0, 36 * plane + pixel) ==
              (pixel / 6 == 3 + shift.down && pixel % 6 == column ? 1.0F : 0.0F));
  }
  CHECK(mirrored > 10);
  CHECK(mirrored < 40);
}

TEST_CASE("what comes in at the edge of a centred image is as bright as its mean") {
  Dataset data = single_pixel();
  std::ranges::fill(data.pixels, std::uint8_t{51});
  data.pixels[3 * 6 + 2] = 255;
  RowFormat format = test::plain_rows(data);
  format.centred = true;
  Batch batch;
  const std::uint32_t index = 0;
  fill_batch(data, {&index, 1}, format, batch, {.right = -2});
  const auto seen = batch.pictures().row(0);
  const float mean = (35 * 0.2F + 1.0F) / 36;
  CHECK(std::abs(seen[5 * 6 + 5] - seen[5 * 6 + 0] - (mean - 0.2F)) < 1e-6F);
  CHECK(std::abs(seen[3 * 6 + 0] - seen[5 * 6 + 0] - 0.8F) < 1e-6F);
}

TEST_CASE("a centred image has mean 0 but for its label pixels, and keeps its contrast") {
  const Dataset data = single_pixel();
  const std::uint32_t index = 0;
  Batch plain;
  Batch centred;
  fill_batch(data, {&index, 1}, test::plain_rows(data), plain);
  RowFormat format = test::plain_rows(data);
  format.centred = true;
  fill_batch(data, {&index, 1}, format, centred);
  const float mean = plain.pictures().row(0).mean();
  CHECK(mean > 0.0F);
  for (Eigen::Index pixel = 0; pixel < plain.pictures().cols(); ++pixel)
    CHECK(centred.pictures()(0, pixel) ==
          (pixel < test::kClasses ? 0.0F : plain.pictures()(0, pixel) - mean));
  CHECK(centred.square_sum[0] == centred.pictures().row(0).squaredNorm());
}

}  // namespace ff
