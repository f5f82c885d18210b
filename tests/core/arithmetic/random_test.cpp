#include "ff/random.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

namespace ff {

TEST_CASE("the same seed, use and index give the same numbers, any other gives others") {
  Random first(1, RandomUse::kWeights, 0);
  Random same(1, RandomUse::kWeights, 0);
  Random index(1, RandomUse::kWeights, 1);
  Random use(1, RandomUse::kOrder, 0);
  Random seed(2, RandomUse::kWeights, 0);
  const auto bits = first.bits();
  CHECK(bits == same.bits());
  CHECK(bits != index.bits());
  CHECK(bits != use.bits());
  CHECK(bits != seed.bits());
}

TEST_CASE("numbers below a limit are spread evenly") {
  Random random(3, RandomUse::kOrder, 0);
  std::array<int, 7> counts{};
  for (int draw = 0; draw < 7000; ++draw) ++counts.at(random.below(7));
  for (const int count : counts) CHECK(std::abs(count - 1000) < 150);
}

TEST_CASE("normal numbers have mean 0 and variance 1") {
  Random random(3, RandomUse::kWeights, 0);
  constexpr int kDraws = 20'000;
  double sum = 0.0;
  double squares = 0.0;
  for (int draw = 0; draw < kDraws; ++draw) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
  }
  CHECK(std::abs(sum / kDraws) < 0.03);
  CHECK(std::abs(squares / kDraws - 1.0) < 0.05);
}

}  // namespace ff
