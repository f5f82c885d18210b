#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "ff/negatives.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;
using test::Real;

constexpr int kWidth = 28;
constexpr int kHeight = 20;

Matrix many_masks(Eigen::Index count) {
  Matrix masks(count, kWidth * kHeight);
  Random random(3, RandomUse::kMasks, 0);
  for (Eigen::Index mask = 0; mask < count; ++mask)
    draw_mask(kWidth, kHeight, random, masks.row(mask));
  return masks;
}

// The share of pixels that agree with the one `right` and `down` of them.
double agreement(const Matrix& masks, int right, int down) {
  int same = 0;
  int all = 0;
  for (Eigen::Index mask = 0; mask < masks.rows(); ++mask)
    for (int y = 0; y + down < kHeight; ++y)
      for (int x = 0; x + right < kWidth; ++x) {
        same += masks(mask, y * kWidth + x) == masks(mask, (y + down) * kWidth + x + right) ? 1 : 0;
        ++all;
      }
  return static_cast<double>(same) / all;
}

Batch with_hybrids(const Dataset& data, std::uint32_t images, std::uint64_t step) {
  std::vector<std::uint32_t> indices;
  for (std::uint32_t index = 0; index < images; ++index) indices.push_back(index);
  Random random(1, RandomUse::kAugmentation, step);
  Batch batch;
  fill_batch(data, indices, test::plain_rows(data), {.shift = 0, .negatives = negatives("hybrid")},
             random, batch);
  return batch;
}

// The images of the batch that a hybrid's pixels can be from where its mask is 0.
std::vector<Eigen::Index> partners_of(const Batch& batch, Eigen::Index row) {
  std::vector<Eigen::Index> partners;
  const auto mask = batch.masks.row(row).array();
  for (Eigen::Index other = 0; other < batch.images(); ++other) {
    const RowVector expected = mask * batch.pictures().row(row).array() +
                               (1.0F - mask) * batch.pictures().row(other).array();
    if (batch.pictures().row(batch.images() + row) == expected) partners.push_back(other);
  }
  return partners;
}

Config hybrid_config() {
  Config config = test::small_config();
  config.negatives = "hybrid";
  return config;
}

}  // namespace

TEST_CASE("a mask is made of blobs of 0 and 1, about as much of either") {
  const Matrix masks = many_masks(60);
  CHECK(((masks.array() == 0.0F) || (masks.array() == 1.0F)).all());
  CHECK(masks.mean() > 0.45F);
  CHECK(masks.mean() < 0.55F);
  for (Eigen::Index mask = 0; mask < masks.rows(); ++mask) {
    CHECK(masks.row(mask).minCoeff() == 0.0F);
    CHECK(masks.row(mask).maxCoeff() == 1.0F);
  }
}

TEST_CASE("neighbours in a mask agree much more often than by chance, distant pixels do not") {
  const Matrix masks = many_masks(60);
  for (const auto& [right, down] : {std::pair{1, 0}, std::pair{0, 1}}) {
    CHECK(agreement(masks, right, down) > 0.84);
    CHECK(agreement(masks, right, down) < 0.92);
    CHECK(agreement(masks, 3 * right, 3 * down) > 0.58);
    CHECK(agreement(masks, 12 * right, 12 * down) > 0.45);
    CHECK(agreement(masks, 12 * right, 12 * down) < 0.55);
  }
}

TEST_CASE("a mask differs from image to image and from step to step") {
  const auto data = blobs(10);
  const Batch batch = with_hybrids(*data, 10, 0);
  const Batch later = with_hybrids(*data, 10, 1);
  const Batch again = with_hybrids(*data, 10, 0);
  REQUIRE(batch.masks.rows() == 10);
  for (Eigen::Index row = 0; row < 10; ++row) {
    CHECK(batch.masks.row(row) != later.masks.row(row));
    for (Eigen::Index other = 0; other < row; ++other)
      CHECK(batch.masks.row(row) != batch.masks.row(other));
  }
  CHECK(batch.masks == again.masks);
  CHECK(batch.pictures() == again.pictures());
}

TEST_CASE("a hybrid is its own image under the mask and another one of the batch elsewhere") {
  const auto data = blobs(10);
  const Batch batch = with_hybrids(*data, 10, 0);
  const Batch plain = test::first_images(*data, 10);
  REQUIRE(batch.pictures().rows() == 20);
  CHECK(batch.images() == 10);
  CHECK(batch.pictures().topRows(10) == plain.pictures());
  for (Eigen::Index row = 0; row < 10; ++row) {
    const auto partners = partners_of(batch, row);
    REQUIRE(partners.size() == 1);
    CHECK(partners[0] != row);
    const auto hybrid = batch.pictures().row(10 + row);
    CHECK(hybrid.head(test::kClasses).isZero(0.0F));
    CHECK(hybrid != batch.pictures().row(row));
    CHECK(hybrid != batch.pictures().row(partners[0]));
    CHECK(std::abs(batch.square_sum[10 + row] - hybrid.squaredNorm()) < 1e-5F);
  }
}

TEST_CASE("in the long run an image is mixed with every other one") {
  const auto data = blobs(5);
  std::set<Eigen::Index> partners;
  for (std::uint64_t step = 0; step < 40; ++step)
    partners.insert(partners_of(with_hybrids(*data, 5, step), 2).at(0));
  CHECK(partners == std::set<Eigen::Index>{0, 1, 3, 4});
}

TEST_CASE("one image alone can only be mixed with itself") {
  const Batch batch = with_hybrids(*blobs(1), 1, 0);
  CHECK(batch.pictures().row(1) == batch.pictures().row(0));
}

TEST_CASE("a net that learns from hybrids is given no label in any row") {
  Config config = hybrid_config();
  Trainer trainer(config, blobs(100));
  CHECK_FALSE(reads_goodness(config));
  CHECK(label_strength(config) == 0.0F);
  const Matrix before = trainer.network().layers[0].weights.matrix();
  for (int step = 0; step < 5; ++step) {
    trainer.step();
    REQUIRE(trainer.row_labels().size() == 20);
    for (const int label : trainer.row_labels()) CHECK(label == kNeutral);
    CHECK(trainer.batch().pictures().leftCols(test::kClasses).isZero(0.0F));
  }
  // No gradient ever came to what stands for labels, and some to everything else.
  const Matrix after = trainer.network().layers[0].weights.matrix();
  CHECK(after.topRows(test::kClasses) == before.topRows(test::kClasses));
  CHECK(after.bottomRows(54) != before.bottomRows(54));
}

TEST_CASE("a net that learns from hybrids is read by its softmax") {
  Config config = hybrid_config();
  config.epochs = 30;
  config.learning_rate = 0.01;
  config.softmax_rate = 0.01;
  const auto unseen = blobs(100, 99);
  Trainer trainer(config, blobs(200));
  while (!trainer.finished()) trainer.step();
  const Scores out = test::read_first(trainer.network(), *unseen, 10);
  CHECK(out.of("layer").empty());
  CHECK(out.answer() == *out.of("softmax")[0]);
  const Evaluation evaluation = evaluate(trainer.network(), *unseen, 0, unseen->count());
  CHECK(evaluation.error() < 0.1);
  CHECK(evaluation.errors() == evaluation.errors("softmax"));
  CHECK(evaluation.tallies.size() == 1);
  for (const LayerReport& layer : trainer.report().layers) CHECK(layer.pair_error < 0.4);
}

TEST_CASE("the softmax of a net that learns from hybrids sees images without any label") {
  Trainer trainer(hybrid_config(), blobs(100));
  while (!trainer.finished()) trainer.step();
  const Network& network = trainer.network();
  const Batch batch = test::first_images(*blobs(100, 99), 6);
  const std::vector<int> neutral(6, kNeutral);
  const auto inputs =
      DenseReference::all_inputs(network, DenseReference{0.0}.inputs(batch, neutral));
  Real odds = network.softmax.bias.flat().cast<double>().replicate(6, 1);
  for (std::size_t index = 0; index < inputs.size(); ++index)
    odds +=
        DenseReference::directions(DenseReference::activity(network.layers[index], inputs[index])) *
        network.softmax.weights[index].matrix().cast<double>();
  Real expected = odds.array().exp();
  for (Eigen::Index row = 0; row < 6; ++row) expected.row(row) /= expected.row(row).sum();
  CHECK(test::difference(*test::read_first(network, *blobs(100, 99), 6).of("softmax")[0],
                         expected) < 1e-4);
}

TEST_CASE("without labels an image without any ink is read, and learnt from, without NaN") {
  auto data = std::make_shared<Dataset>(*blobs(40));
  std::fill_n(data->pixels.begin(), 3 * 64, std::uint8_t{0});
  Config config = hybrid_config();
  config.batch = 40;
  Trainer trainer(config, data);
  for (int step = 0; step < 3; ++step) CHECK_NOTHROW(trainer.step());
  CHECK(test::read_first(trainer.network(), *data, 4).answer().allFinite());
}

}  // namespace ff
