#include "ff/report.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "ff/trainer.hpp"
#include "sample.hpp"

namespace ff {
namespace {

// Of two positives, then two negatives.
LayerReport report_of(const std::vector<Vector>& minibatches) {
  RecentGoodness recent;
  for (const Vector& goodness : minibatches) recent.add(goodness, 0.25F);
  LayerReport layer;
  recent.report(layer);
  return layer;
}

double entropy(double a, double b) {
  const double mean = (a + b) / 2.0;
  return (a * std::log(a / mean) + b * std::log(b / mean)) / 2.0;
}

}  // namespace

TEST_CASE("functional entropy is 0 for equal goodness and grows with its spread") {
  const LayerReport layer = report_of({Vector{{1.0F, 3.0F, 2.0F, 2.0F}}});
  CHECK(std::abs(layer.positive_entropy.value() - entropy(1.0, 3.0)) < 1e-9);
  CHECK(std::abs(layer.negative_entropy.value()) < 1e-9);
  CHECK(layer.positive_entropy.value() > 0.1);
}

TEST_CASE("functional entropy is that of all recent minibatches together") {
  const LayerReport layer =
      report_of({Vector{{1.0F, 1.0F, 2.0F, 0.5F}}, Vector{{3.0F, 3.0F, 0.5F, 2.0F}}});
  CHECK(std::abs(layer.positive_entropy.value() - entropy(1.0, 3.0)) < 1e-9);
  CHECK(std::abs(layer.negative_entropy.value() - entropy(0.5, 2.0)) < 1e-9);
}

TEST_CASE("goodness of 0 adds nothing to functional entropy, and is no reason for NaN") {
  const LayerReport layer = report_of({Vector{{0.0F, 2.0F, 0.0F, 0.0F}}});
  CHECK(std::abs(layer.positive_entropy.value() - std::log(2.0)) < 1e-9);
  CHECK(layer.negative_entropy.value() == 0.0);
}

TEST_CASE("a layer is silent when no image lights any of its units, and not before") {
  const Vector none = Vector::Zero(4);
  CHECK(report_of({none, none}).silent);
  CHECK_FALSE(report_of({none, Vector{{0.0F, 0.0F, 0.5F, 0.0F}}}).silent);
  CHECK_FALSE(report_of({}).silent);
  CHECK_FALSE(report_of({Vector{}}).silent);
}

TEST_CASE("goodness below 0 has no functional entropy") {
  const LayerReport layer = report_of({Vector{{1.0F, 3.0F, 2.0F, -0.1F}}});
  CHECK(layer.positive_entropy.has_value());
  CHECK_FALSE(layer.negative_entropy.has_value());
  CHECK_FALSE(LayerReport{}.positive_entropy.has_value());
}

TEST_CASE("only the last minibatches are remembered") {
  std::vector<Vector> minibatches(40, Vector{{2.0F, 2.0F, 1.0F, 1.0F}});
  minibatches.front() = Vector{{-1.0F, 9.0F, 5.0F, 5.0F}};
  const LayerReport layer = report_of(minibatches);
  CHECK(std::abs(layer.positive_entropy.value()) < 1e-9);
  CHECK(layer.pair_error == 0.0);
  CHECK(std::abs(layer.loss - 0.25) < 1e-9);
}

TEST_CASE("where low activity is good, goodness and its threshold are below 0") {
  Config config = test::small_config();
  config.polarity = PolarityKind::kLow;
  config.objective = "logistic";
  config.goodness = "sum_of_squares";
  config.threshold = 0.5;
  Trainer trainer(config, test::blobs(100));
  trainer.step();
  const Report report = trainer.report();
  CHECK(std::abs(report.layers[0].threshold.value() + 12.0) < 1e-5);
  CHECK(std::abs(report.layers[1].threshold.value() + 8.0) < 1e-5);
  for (const LayerReport& layer : report.layers) {
    CHECK(layer.goodness.low < 0.0F);
    CHECK(layer.goodness.high < 0.0F);
    CHECK_FALSE(layer.positive_entropy.has_value());
    CHECK_FALSE(layer.negative_entropy.has_value());
  }
}

}  // namespace ff
