#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "rule_fixture.hpp"

namespace ff {
namespace {

using test::parameters;
using test::plain_config;
using test::Real;
using test::RuleFixture;

constexpr int kDraws = 8000;

// A net so small that few draws suffice.
Config tiny_config(const std::string& rule, LossesKind losses) {
  Config config = plain_config(rule);
  config.losses = losses;
  config.layers = {6, 5};
  config.activation = GENERATE("relu", "student_t");
  return config;
}

struct Guesses {
  std::vector<Real> mean;
  double variance;  // of what moves the layers; the softmax learns without a guess
};

Guesses guesses(RuleFixture& fixture) {
  Guesses all{{}, 0.0};
  for (const Matrix& part : parameters(fixture.network))
    all.mean.push_back(0.0 * part.cast<double>());
  const std::size_t moving = 2 * fixture.network.layers.size();
  for (int draw = 0; draw < kDraws; ++draw) {
    const std::vector<Matrix> gradient = fixture.gradient(draw);
    for (std::size_t index = 0; index < all.mean.size(); ++index) {
      const Real part = gradient[index].cast<double>();
      all.mean[index] += part / kDraws;
      if (index < moving) all.variance += part.squaredNorm() / kDraws;
    }
  }
  for (std::size_t index = 0; index < moving; ++index)
    all.variance -= all.mean[index].squaredNorm();
  return all;
}

// By each layer's own part of the softmax, what feeds it held still. The softmax's own come last.
std::vector<Real> local_slopes(RuleFixture& fixture) {
  Network& network = fixture.network;
  std::vector<Real> all;
  std::vector<Real> parts;
  Real bias;
  Real inputs = fixture.inputs();
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    Layer& layer = network.layers[index];
    const auto units = [&] {
      return test::DenseReference::activity(layer, inputs, network.config.activation);
    };
    const auto loss = [&] {
      return test::WholeReference::cross_entropy_of_part(network, index, units(),
                                                         fixture.batch.labels);
    };
    all.push_back(test::finite_differences(layer.weights, loss));
    all.push_back(test::finite_differences(layer.bias, loss));
    parts.push_back(test::finite_differences(network.softmax.weights[index], loss));
    bias = test::finite_differences(network.softmax.bias, loss);  // the last one learns
    inputs = test::DenseReference::directions(units());
  }
  all.insert(all.end(), parts.begin(), parts.end());
  all.push_back(bias);
  return all;
}

double dot(const Real& a, const Real& b) { return a.cwiseProduct(b).sum(); }

// The mean guess points where the gradient does and is as long as it, as a whole and, with more
// noise, in every part.
void check_unbiased(const std::vector<Real>& mean, const std::vector<Real>& gradient) {
  double along = 0.0;
  double guess_square = 0.0;
  double square = 0.0;
  for (std::size_t index = 0; index < gradient.size(); ++index) {
    CAPTURE(index);
    const double share = dot(mean[index], gradient[index]) / gradient[index].squaredNorm();
    CHECK(share > 0.65);
    CHECK(share < 1.35);
    along += dot(mean[index], gradient[index]);
    guess_square += mean[index].squaredNorm();
    square += gradient[index].squaredNorm();
  }
  CHECK(along / std::sqrt(guess_square * square) > 0.95);
  CHECK(along / square > 0.95);
  CHECK(along / square < 1.05);
}

std::string any_perturbation() { return GENERATE("weight_perturbation", "activity_perturbation"); }

}  // namespace

TEST_CASE("perturbations guess the gradient of the whole net on average") {
  Config config = tiny_config(any_perturbation(), LossesKind::kWhole);
  config.first_counted_layer = GENERATE(1, 2);
  RuleFixture fixture(config, 8);
  check_unbiased(guesses(fixture).mean, test::slopes(fixture.network, [&] {
                   return test::WholeReference::cross_entropy(fixture.network, fixture.inputs(),
                                                              fixture.batch.labels);
                 }));
}

TEST_CASE("perturbations with local losses guess each layer's own gradient on average") {
  RuleFixture fixture(tiny_config(any_perturbation(), LossesKind::kLocal), 8);
  check_unbiased(guesses(fixture).mean, local_slopes(fixture));
}

TEST_CASE("several directions an image guess the same gradient, with as many times less variance") {
  Config config =
      tiny_config("activity_perturbation", GENERATE(LossesKind::kWhole, LossesKind::kLocal));
  RuleFixture one(config, 8);
  config.directions = 4;
  RuleFixture four(config, 8);
  const Guesses by_one = guesses(one);
  const Guesses by_four = guesses(four);
  check_unbiased(by_four.mean, by_one.mean);
  const double share = by_four.variance / by_one.variance;
  CHECK(share > 0.22);
  CHECK(share < 0.28);
}

TEST_CASE("a guess is another one in every step, and the same in the same step") {
  const std::string rule = any_perturbation();
  const LossesKind losses = GENERATE(LossesKind::kWhole, LossesKind::kLocal);
  RuleFixture fixture(tiny_config(rule, losses), 8);
  for (std::size_t layer = 0; layer < 2; ++layer) {
    const std::size_t weights = 2 * layer;
    CHECK(fixture.gradient(0)[weights] == fixture.gradient(0)[weights]);
    CHECK(fixture.gradient(0)[weights] != fixture.gradient(1)[weights]);
  }
}

TEST_CASE("a guess is the same direction in every entry of a weight perturbation") {
  RuleFixture fixture(tiny_config("weight_perturbation", LossesKind::kWhole), 8);
  const std::vector<Matrix> gradient = fixture.gradient();
  const float slope = std::abs(gradient.back()(0, 0));
  CHECK(slope > 0.0F);
  for (const Matrix& part : gradient)
    CHECK((part.cwiseAbs().array() - slope).abs().maxCoeff() < 1e-4F * slope + 1e-6F);
}

TEST_CASE("a naive step moves every parameter by its rate, one way or the other") {
  Config config = tiny_config("naive", LossesKind::kWhole);
  config.learning_rate = 0.01;
  RuleFixture fixture(config, 8);
  int plus = 0;
  for (int step = 0; step < 20; ++step) {
    const Network before = fixture.network;
    const std::vector<Matrix> moved = fixture.gradient(step);
    for (const Matrix& part : moved)
      CHECK((part.cwiseAbs().array() - 0.01F).abs().maxCoeff() < 1e-6F);
    plus += moved.front()(0, 0) > 0.0F ? 1 : 0;
  }
  CHECK(plus > 3);
  CHECK(plus < 17);
}

TEST_CASE("naive steps lower the loss, and each is the better one of two") {
  Config config = tiny_config("naive", LossesKind::kWhole);
  config.learning_rate = 0.001;
  RuleFixture fixture(config, 8);
  const auto loss_of = [&](const Network& network) {
    return test::WholeReference::cross_entropy(network, fixture.inputs(), fixture.batch.labels);
  };
  const double at_first = loss_of(fixture.network);
  int lower = 0;
  constexpr int kSteps = 300;
  for (int step = 0; step < kSteps; ++step) {
    const double before = loss_of(fixture.network);
    fixture.network = fixture.taught(step);
    lower += loss_of(fixture.network) < before ? 1 : 0;
  }
  CHECK(lower > kSteps * 9 / 10);
  CHECK(loss_of(fixture.network) < at_first - 0.3);
}

}  // namespace ff
