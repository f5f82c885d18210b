#include "ff/objective.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <cmath>
#include <string>

#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using Catch::Generators::from_range;
using test::DenseReference;

constexpr ObjectiveSettings kSettings{.threshold = 1.5F, .sharpness = 2.0F};

// Pairs whose positive is ahead, behind, and about equal.
Vector some_goodness() {
  Vector goodness(8);
  goodness << 3.0F, 0.5F, 1.2F, 2.0F, 1.0F, 2.5F, 1.25F, 1.9F;
  return goodness;
}

Config config_of(const std::string& objective) {
  Config config;
  config.objective = objective;
  config.threshold = kSettings.threshold;
  config.sharpness = kSettings.sharpness;
  return config;
}

float loss_of(float positive, float negative) {
  Vector goodness(2);
  goodness << positive, negative;
  Vector coefficient;
  return objective("entropy").apply(goodness, kSettings, coefficient);
}

}  // namespace

TEST_CASE("an objective's coefficients are the derivatives of its loss") {
  const Objective& one = objective(GENERATE(from_range(test::names_of(objectives()))));
  CAPTURE(one.name);
  constexpr float kStep = 0.01F;
  Vector goodness = some_goodness();
  Vector coefficient;
  Vector ignored;
  CHECK(std::isfinite(one.apply(goodness, kSettings, coefficient)));
  for (Eigen::Index row = 0; row < goodness.size(); ++row) {
    const float here = goodness[row];
    goodness[row] = here + kStep;
    const float above = one.apply(goodness, kSettings, ignored);
    goodness[row] = here - kStep;
    const float below = one.apply(goodness, kSettings, ignored);
    goodness[row] = here;
    CHECK(std::abs(coefficient[row] - (above - below) / (2.0F * kStep)) < 2e-4F);
  }
}

TEST_CASE("an objective asks for more of a positive that lags, and for less of its negative") {
  const Objective& one = objective(GENERATE(from_range(test::names_of(objectives()))));
  CAPTURE(one.name);
  Vector coefficient;
  Vector goodness(2);
  goodness << 1.0F, 2.0F;
  one.apply(goodness, kSettings, coefficient);
  CHECK(coefficient[0] < 0.0F);
  CHECK(coefficient[1] > 0.0F);
}

TEST_CASE("an objective's loss is its formula's") {
  const std::string name = GENERATE("logistic", "pairwise", "swish", "entropy");
  const Vector goodness = some_goodness();
  Vector coefficient;
  const float loss = objective(name).apply(goodness, kSettings, coefficient);
  const double expected = DenseReference::loss(goodness.cast<double>(), config_of(name), 1);
  CHECK(std::abs(loss - expected) < 1e-6);
}

TEST_CASE("only the logistic objective has a threshold") {
  for (const Objective* one : objectives()) CHECK(one->has_threshold == (one->name == "logistic"));
}

TEST_CASE("entropy: a positive that rises is better, ahead of its negative as behind it") {
  float before = loss_of(0.01F, 1.0F);
  for (const float positive : {0.1F, 0.5F, 0.9F, 1.0F, 1.1F, 2.0F, 10.0F}) {
    const float after = loss_of(positive, 1.0F);
    CHECK(after < before);
    before = after;
  }
  CHECK(std::abs(loss_of(1.0F, 1.0F) - std::log(2.0F)) < 1e-6F);
}

TEST_CASE("entropy: goodness counts as a share, so its scale does not matter") {
  CHECK(std::abs(loss_of(3.0F, 2.0F) - loss_of(300.0F, 200.0F)) < 1e-6F);
}

TEST_CASE("entropy: no goodness at all gives no NaN, and a silent positive is still raised") {
  Vector goodness(6);
  goodness << 0.0F, 0.0F, 1.0F, 0.0F, 1.0F, 0.0F;
  Vector coefficient;
  CHECK(std::isfinite(objective("entropy").apply(goodness, kSettings, coefficient)));
  CHECK(coefficient.allFinite());
  CHECK(coefficient[0] < 0.0F);
  CHECK(coefficient[1] < 0.0F);
}

}  // namespace ff
