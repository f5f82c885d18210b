#include <catch2/catch_test_macros.hpp>

#include "ff/negatives.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;

constexpr int kTrue = 40;
constexpr int kOutliers = 4;
constexpr int kOutlierSide = 28;

Batch with_outliers(std::uint64_t step) {
  std::vector<std::uint32_t> indices;
  for (std::uint32_t index = 0; index < kTrue; ++index) indices.push_back(index);
  Random random(1, RandomUse::kAugmentation, step);
  const auto data = blobs(kTrue, 1, kOutlierSide);
  Batch batch;
  fill_batch(*data, indices, test::plain_rows(*data),
             {.shift = 0, .negatives = negatives("hard"), .outliers = 0.1}, random, batch);
  return batch;
}

Config outliers_config() {
  Config config = test::small_config();
  config.negatives = "hard";
  config.outliers = 0.1;
  return config;
}

}  // namespace

TEST_CASE("one negative in ten shows an outlier, which is none of the images'") {
  const Batch batch = with_outliers(0);
  REQUIRE(batch.images() == kTrue);
  REQUIRE(batch.pictures().rows() == kTrue + kOutliers);
  for (Eigen::Index row = 0; row < kOutliers; ++row)
    for (Eigen::Index image = 0; image < kTrue; ++image)
      CHECK(batch.pictures().row(kTrue + row) != batch.pictures().row(image));
}

TEST_CASE("the last negatives are those of the outliers, the others of their images") {
  const Batch batch = with_outliers(0);
  const auto data = blobs(kTrue, 1, kOutlierSide);
  const Network network = test::network_of(outliers_config(), kOutlierSide);
  std::vector<int> labels(2 * kTrue, kNeutral);
  Pass pass;
  pass.start(batch);
  pass.label(labels);
  Activity shown;
  pass.forward(network, 0, {}, shown);
  pass.label_neutral(true);
  Activity once;
  pass.forward(network, 0, {}, once);
  REQUIRE(once.units().rows() == kTrue + kOutliers);
  CHECK(shown.units().topRows(kTrue) == once.units().topRows(kTrue));
  CHECK(shown.units().middleRows(kTrue, kTrue - kOutliers) ==
        once.units().topRows(kTrue - kOutliers));
  CHECK(shown.units().bottomRows(kOutliers) == once.units().bottomRows(kOutliers));
}

TEST_CASE("outliers leave room for labels, are between 0 and 1, and measured") {
  const Batch batch = with_outliers(3);
  const auto negatives = batch.pictures().bottomRows(kOutliers);
  CHECK(negatives.leftCols(test::kClasses).isZero(0.0F));
  CHECK(negatives.minCoeff() >= 0.0F);
  CHECK(negatives.maxCoeff() <= 1.0F);
  CHECK(batch.square_sum.tail(kOutliers).isApprox(negatives.rowwise().squaredNorm()));
  CHECK(negatives.rowwise().squaredNorm().minCoeff() > 1.0F);
}

TEST_CASE("outliers are the same again, and others in another step") {
  CHECK(with_outliers(0).pictures() == with_outliers(0).pictures());
  const Matrix now = with_outliers(0).pictures().bottomRows(kOutliers);
  const Matrix later = with_outliers(1).pictures().bottomRows(kOutliers);
  for (Eigen::Index row = 0; row < kOutliers; ++row) CHECK(now.row(row) != later.row(row));
}

TEST_CASE("a net that learns from outliers reads labels, and its goodness tells outliers") {
  Config config = outliers_config();
  config.epochs = 30;
  config.learning_rate = 0.002;
  Trainer trainer(config, blobs(200, 1, kOutlierSide));
  while (!trainer.finished()) trainer.step();
  const auto unseen = blobs(100, 99, kOutlierSide);
  CHECK(evaluate(trainer.network(), *unseen, 0, 100).error() < 0.1);
  Dataset nothing = *unseen;
  const Batch batch = with_outliers(999);
  for (std::uint32_t image = 0; image < kOutliers; ++image)
    for (int pixel = 0; pixel < kOutlierSide * kOutlierSide; ++pixel)
      nothing.pixels[image * kOutlierSide * kOutlierSide + static_cast<std::size_t>(pixel)] =
          static_cast<std::uint8_t>(255.0F * batch.rows(kTrue + image, pixel));
  const auto mean_best = [&](const Dataset& data) {
    const Scores scores = test::read_first(trainer.network(), data, kOutliers);
    return scores.answer().rowwise().maxCoeff().mean();
  };
  CHECK(mean_best(nothing) < 0.8F * mean_best(*unseen));
}

TEST_CASE("images in colour have outliers as well") {
  auto data = std::make_shared<Dataset>(*blobs(20, 1, 24));
  data->shape = {.channels = 3, .height = 8, .width = 24};
  Trainer trainer(outliers_config(), data);
  for (int step = 0; step < 3; ++step) CHECK_NOTHROW(trainer.step());
  const auto outliers = trainer.batch().pictures().bottomRows(1);
  CHECK(outliers.allFinite());
  CHECK(outliers.rowwise().squaredNorm().minCoeff() > 0.0F);
}

}  // namespace ff
