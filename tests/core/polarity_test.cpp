#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "ff/goodness.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using Catch::Generators::from_range;

using test::blobs;
using test::DenseReference;
using test::Real;

// What measures activity, whether that is good or bad.
double mean_activity(const Network& network, const Batch& batch, int label_shift) {
  std::vector<int> labels = batch.labels;
  for (int& label : labels) label = (label + label_shift) % test::kClasses;
  const Real inputs = DenseReference{network.config.label_strength}.inputs(batch, labels);
  return DenseReference::activity(network.layers[0], inputs).array().square().mean();
}

}  // namespace

TEST_CASE("with high polarity positives grow active, with low polarity negatives do") {
  Config config = test::small_config();
  config.polarity = GENERATE(PolarityKind::kHigh, PolarityKind::kLow);
  config.objective = GENERATE("logistic", "pairwise", "swish");
  config.goodness = GENERATE(from_range(test::names_of(goodnesses())));
  config.threshold = 0.5;
  config.sharpness = config.goodness == "mean_of_squares" ? 6.0 : 0.5;
  config.epochs = 30;
  config.learning_rate = 0.01;
  const auto unseen = blobs(100, 99);
  Trainer trainer(config, blobs(200));
  while (!trainer.finished()) trainer.step();

  const Network& network = trainer.network();
  const Batch batch = test::first_images(*unseen, 50);
  const double positives = mean_activity(network, batch, 0);
  for (const int shift : {1, 4, 9}) {
    const double negatives = mean_activity(network, batch, shift);
    if (config.polarity == PolarityKind::kHigh)
      CHECK(positives > 1.1 * negatives);
    else
      CHECK(1.1 * positives < negatives);
  }
  CHECK(evaluate(network, *unseen, 0, unseen->count()).error() < 0.1);
}

}  // namespace ff
