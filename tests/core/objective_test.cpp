#include "ff/objective.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>

#include "reference.hpp"

namespace ff {
namespace {

using test::DenseReference;

constexpr ObjectiveSettings kSettings{.threshold = 1.5F, .sharpness = 2.0F};

// Pairs whose positive is ahead, behind, and about equal.
Vector some_goodness() {
  Vector goodness(8);
  goodness << 3.0F, 0.5F, 1.2F, 2.0F, 1.0F, 2.5F, 1.25F, 1.9F;
  return goodness;
}

Config config_of(ObjectiveKind objective) {
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
  return kEntropy.apply(goodness, kSettings, coefficient);
}

}  // namespace

TEST_CASE("an objective's loss is its formula's, its coefficients are the loss's derivatives") {
  const auto kind = GENERATE(ObjectiveKind::kLogistic, ObjectiveKind::kPairwise,
                             ObjectiveKind::kSwish, ObjectiveKind::kEntropy);
  const Config config = config_of(kind);
  Vector goodness = some_goodness();
  Vector coefficient;
  const float loss = objective(kind).apply(goodness, kSettings, coefficient);
  const auto expected = [&] { return DenseReference::loss(goodness.cast<double>(), config, 1); };
  CHECK(std::abs(loss - expected()) < 1e-6);
  CHECK(test::difference(coefficient, test::finite_differences(goodness, expected)) < 1e-4);
}

TEST_CASE("only the logistic objective has a threshold") {
  CHECK(objective(ObjectiveKind::kLogistic).has_threshold);
  CHECK_FALSE(objective(ObjectiveKind::kPairwise).has_threshold);
  CHECK_FALSE(objective(ObjectiveKind::kSwish).has_threshold);
  CHECK_FALSE(objective(ObjectiveKind::kEntropy).has_threshold);
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
  CHECK(std::isfinite(kEntropy.apply(goodness, kSettings, coefficient)));
  CHECK(coefficient.allFinite());
  CHECK(coefficient[0] < 0.0F);
  CHECK(coefficient[1] < 0.0F);
}

}  // namespace ff
