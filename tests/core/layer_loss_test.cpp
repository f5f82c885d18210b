#include "ff/layer_loss.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "ff/goodness.hpp"
#include "ff/objective.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using Catch::Generators::from_range;

using test::activity_of;
using test::DenseReference;
using test::Real;

constexpr Eigen::Index kUnits = 9;

// Of three pairs; every unit active.
Matrix some_units() {
  Matrix units(6, kUnits);
  for (Eigen::Index row = 0; row < units.rows(); ++row)
    for (Eigen::Index unit = 0; unit < kUnits; ++unit)
      units(row, unit) = 0.2F + 0.1F * static_cast<float>((3 * row + 5 * unit) % 11);
  return units;
}

Vector some_others() {
  Vector others(6);
  others << 0.7F, -0.4F, 1.1F, 0.2F, 0.9F, -0.8F;
  return others;
}

Config config_of_any_layer() {
  Config config;
  config.objective = GENERATE("logistic", "pairwise", "swish");
  config.goodness = GENERATE(from_range(test::names_of(goodnesses())));
  config.polarity = GENERATE(PolarityKind::kHigh, PolarityKind::kLow);
  config.threshold = 0.4;
  config.sharpness = 0.6;
  return config;
}

Layer in_groups(Eigen::Index groups) {
  Layer layer;
  layer.groups = groups;
  return layer;
}

Matrix delta_of(const Config& config, const Matrix& units, const Vector& others = {},
                const Layer& layer = {}) {
  const Activity activity = activity_of(units);
  LayerLoss loss;
  PanelMatrix delta;
  loss.measure(config, layer, activity, others);
  loss.derive(config, layer, activity, delta);
  return delta.matrix();
}

}  // namespace

TEST_CASE("what other layers add is judged with a layer's own goodness") {
  const Config config = config_of_any_layer();
  const Activity activity = activity_of(some_units());
  LayerLoss loss;
  const Eigen::VectorXd own = DenseReference::goodness(some_units().cast<double>(), config);
  const Eigen::VectorXd together = own + some_others().cast<double>();
  CHECK(std::abs(loss.measure(config, Layer{}, activity, some_others()) -
                 DenseReference::loss(together, config, kUnits)) < 1e-5);
  CHECK(test::difference(loss.goodness(), own) < 1e-5);
}

TEST_CASE("what other layers add is a constant to the gradient") {
  const Config config = config_of_any_layer();
  Matrix units = some_units();
  const auto loss = [&] {
    const Eigen::VectorXd own = DenseReference::goodness(units.cast<double>(), config);
    return DenseReference::loss(own + some_others().cast<double>(), config, kUnits);
  };
  const Real expected = test::finite_differences(units, loss);
  CHECK(test::difference(delta_of(config, units, some_others()), expected) < 1e-4);
  CHECK(test::difference(delta_of(config, units), expected) > 0.05);
}

TEST_CASE("a layer's share is its goodness alone, less the threshold if there is one") {
  const Config config = config_of_any_layer();
  const Activity activity = activity_of(some_units());
  LayerLoss loss;
  loss.measure(config, Layer{}, activity, some_others());
  const bool logistic = config.objective == "logistic";
  const double threshold = logistic ? DenseReference::threshold(config, kUnits) : 0.0;
  const Eigen::VectorXd expected =
      DenseReference::goodness(some_units().cast<double>(), config).array() - threshold;
  CHECK(test::difference(loss.share(), expected) < 1e-5);
  CHECK(std::abs(threshold_of(config, kUnits) - threshold) < 1e-5);
}

TEST_CASE("rows that are not kept have no gradient, those that are have the same") {
  const Activity activity = activity_of(some_units());
  LayerLoss loss;
  PanelMatrix delta;
  loss.measure({}, Layer{}, activity, {});
  loss.derive({}, Layer{}, activity, delta);
  const Matrix all = delta.matrix();
  REQUIRE(all.cwiseAbs().minCoeff() > 0.0F);
  const Eigen::Index first = GENERATE(0, 1, 3);
  loss.keep_rows(first, 3);
  loss.derive({}, Layer{}, activity, delta);
  Matrix expected = Matrix::Zero(6, kUnits);
  expected.middleRows(first, 3) = all.middleRows(first, 3);
  CHECK(delta.matrix() == expected);
}

TEST_CASE("the goodness of low activity is the opposite of that of high activity") {
  Config config;
  config.goodness = GENERATE(from_range(test::names_of(goodnesses())));
  const Activity activity = activity_of(some_units());
  Vector high;
  Vector low;
  measure_goodness(config, activity, high);
  config.polarity = PolarityKind::kLow;
  measure_goodness(config, activity, low);
  CHECK(high.minCoeff() > 0.0F);
  CHECK(low == -high);
  CHECK(test::difference(low, DenseReference::goodness(some_units().cast<double>(), config)) <
        1e-5);
}

TEST_CASE("with low polarity less activity of a positive lowers the loss") {
  Config config = config_of_any_layer();
  config.polarity = PolarityKind::kLow;
  config.sharpness = 0.01;
  const Matrix delta = delta_of(config, some_units());
  CHECK(delta.topRows(3).minCoeff() > 0.0F);
  CHECK(delta.bottomRows(3).maxCoeff() < 0.0F);
}

TEST_CASE("silent units have no gradient, whatever their goodness") {
  Config config;
  config.goodness = GENERATE(from_range(test::names_of(goodnesses())));
  Matrix units = some_units();
  units(0, 2) = 0.0F;
  units(4, 7) = 0.0F;
  const Matrix delta = delta_of(config, units);
  CHECK(delta(0, 2) == 0.0F);
  CHECK(delta(4, 7) == 0.0F);
  CHECK((delta.array() == 0.0F).count() == 2);
}

TEST_CASE("each group is judged by its own goodness") {
  const Config config = config_of_any_layer();
  const Matrix units = some_units();
  // 9 units make 2 + 2 + 2 + 3.
  const Matrix before = delta_of(config, units, {}, in_groups(4));
  Matrix changed = units;
  changed.middleCols(2, 2) *= 1.7F;
  const Matrix after = delta_of(config, changed, {}, in_groups(4));
  CHECK(after.leftCols(2) == before.leftCols(2));
  CHECK(after.rightCols(5) == before.rightCols(5));
  CHECK(after.middleCols(2, 2) != before.middleCols(2, 2));
}

TEST_CASE("the loss of a layer in groups is their mean, its gradient the mean's") {
  const Config config = config_of_any_layer();
  Matrix units = some_units();
  const auto expected = [&] {
    double sum = 0.0;
    for (const Units here : {Units{0, 2}, Units{2, 2}, Units{4, 2}, Units{6, 3}}) {
      const Real part = units.middleCols(here.first, here.count).cast<double>();
      sum += DenseReference::loss(
          DenseReference::goodness(part, config) + some_others().cast<double>(), config,
          here.count);
    }
    return sum / 4;
  };
  LayerLoss loss;
  CHECK(std::abs(loss.measure(config, in_groups(4), activity_of(units), some_others()) -
                 expected()) < 1e-5);
  CHECK(test::difference(delta_of(config, units, some_others(), in_groups(4)),
                         test::finite_differences(units, expected)) < 1e-4);
}

}  // namespace ff
