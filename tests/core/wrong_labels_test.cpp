#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <cmath>
#include <numeric>

#include "ff/negatives.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using Catch::Generators::from_range;

constexpr int kLabelledImages = 4000;
constexpr int kClasses = 10;

// Every label in turn.
std::vector<int> true_labels() {
  std::vector<int> labels(kLabelledImages);
  for (int image = 0; image < kLabelledImages; ++image)
    labels[static_cast<std::size_t>(image)] = image % kClasses;
  return labels;
}

// True labels, then wrong ones.
std::vector<int> with_wrong_labels(const char* name, const Matrix& probabilities) {
  std::vector<int> labels = true_labels();
  std::vector<int> choices(kClasses);
  std::iota(choices.begin(), choices.end(), 0);
  Random random(5, RandomUse::kNegatives, 0);
  negatives(name).add_labels(choices, probabilities, random, labels);
  return labels;
}

void check_never_true(const std::vector<int>& labels) {
  REQUIRE(labels.size() == 2 * kLabelledImages);
  for (std::size_t image = 0; image < kLabelledImages; ++image) {
    CHECK(labels[image] == static_cast<int>(image) % kClasses);
    const int wrong = labels[kLabelledImages + image];
    CHECK(wrong != labels[image]);
    CHECK(wrong >= 0);
    CHECK(wrong < kClasses);
  }
}

// How often each label came with the true label `truth`.
std::array<double, kClasses> shares(const std::vector<int>& labels, int truth) {
  std::array<double, kClasses> share{};
  for (std::size_t image = 0; image < kLabelledImages; ++image)
    if (labels[image] == truth)
      share.at(static_cast<std::size_t>(labels[kLabelledImages + image])) +=
          1.0 * kClasses / kLabelledImages;
  return share;
}

}  // namespace

TEST_CASE("any wrong label comes about as often, the true one never") {
  const std::vector<int> labels = with_wrong_labels("uniform", {});
  check_never_true(labels);
  for (int truth = 0; truth < kClasses; ++truth) {
    const auto share = shares(labels, truth);
    for (int label = 0; label < kClasses; ++label)
      if (label != truth)
        CHECK(std::abs(share.at(static_cast<std::size_t>(label)) - 1.0 / 9) < 0.06);
  }
}

TEST_CASE("hard wrong labels come as often as their probability says, the true one never") {
  // A half for the truth of most; what is left of it is divided 1 : 2 : 5.
  Matrix probabilities = Matrix::Zero(kLabelledImages, kClasses);
  probabilities.col(0).setConstant(0.05F);
  probabilities.col(4).setConstant(0.1F);
  probabilities.col(9).setConstant(0.25F);
  for (Eigen::Index image = 0; image < kLabelledImages; ++image)
    probabilities(image, image % kClasses) = 0.5F;
  const std::vector<int> labels = with_wrong_labels("hard", probabilities);
  check_never_true(labels);
  const auto seven = shares(labels, 7);
  CHECK(std::abs(seven[0] - 1.0 / 8) < 0.06);
  CHECK(std::abs(seven[4] - 2.0 / 8) < 0.06);
  CHECK(std::abs(seven[9] - 5.0 / 8) < 0.06);
  CHECK(std::abs(seven[0] + seven[4] + seven[9] - 1.0) < 1e-9);
  const auto nine = shares(labels, 9);
  CHECK(std::abs(nine[0] - 1.0 / 3) < 0.08);
  CHECK(std::abs(nine[4] - 2.0 / 3) < 0.08);
}

TEST_CASE("a softmax that is certain of the truth does not make it wrong") {
  Matrix probabilities = Matrix::Zero(kLabelledImages, kClasses);
  for (Eigen::Index image = 0; image < kLabelledImages; ++image)
    probabilities(image, image % kClasses) = 1.0F;
  check_never_true(with_wrong_labels("hard", probabilities));
}

TEST_CASE("probabilities that are no numbers do not make the truth wrong") {
  const Matrix probabilities = Matrix::Constant(kLabelledImages, kClasses, std::nanf(""));
  check_never_true(with_wrong_labels("hard", probabilities));
}

TEST_CASE("whatever the negatives, a wrong label is one of those there are to choose from") {
  const std::vector<int> choices = GENERATE(std::vector{2, 5}, std::vector{0, 7, 300});
  std::vector<int> labels(kLabelledImages);
  for (std::size_t image = 0; image < kLabelledImages; ++image)
    labels[image] = choices[image % choices.size()];
  Random random(5, RandomUse::kNegatives, 0);
  const Matrix probabilities = Matrix::Constant(kLabelledImages, 301, 0.01F);
  const auto name = GENERATE(from_range(test::names_of(all_negatives())));
  if (negatives(name).add_labels == nullptr) return;
  negatives(name).add_labels(choices, probabilities, random, labels);
  REQUIRE(labels.size() == 2 * kLabelledImages);
  for (std::size_t image = 0; image < kLabelledImages; ++image) {
    const int wrong = labels[kLabelledImages + image];
    CHECK(wrong != labels[image]);
    CHECK(std::ranges::find(choices, wrong) != choices.end());
  }
}

}  // namespace ff
