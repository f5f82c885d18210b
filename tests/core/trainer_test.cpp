#include "ff/trainer.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "ff/error.hpp"
#include "ff/model_file.hpp"
#include "ff/read_out.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using test::blobs;
using test::same_parameters;
using test::small_config;

void run(Trainer& trainer) {
  while (!trainer.finished()) trainer.step();
}

Config every_feature() {
  Config config = small_config();
  config.negatives = "hard";
  config.shift = 1;
  config.peer_strength = 0.03;
  config.weight_decay = 0.01;
  return config;
}

}  // namespace

TEST_CASE("a run learns to tell images it has not seen") {
  Config config = small_config();
  config.epochs = 30;
  config.learning_rate = 0.01;
  const auto unseen = blobs(100, 99);
  Trainer trainer(config, blobs(200));
  const double before = evaluate(trainer.network(), *unseen, 0, unseen->count()).error();
  run(trainer);
  const Evaluation after = evaluate(trainer.network(), *unseen, 0, unseen->count());
  CHECK(before > 0.5);
  CHECK(after.error() < 0.1);
  CHECK(after.rate(after.errors("softmax")) < 0.1);
}

TEST_CASE("the same config and seed give the same weights to the bit") {
  Trainer first(every_feature(), blobs(100));
  Trainer second(every_feature(), blobs(100));
  Config other_seed = every_feature();
  other_seed.seed = 2;
  Trainer third(other_seed, blobs(100));
  run(first);
  run(second);
  run(third);
  CHECK(same_parameters(first.network(), second.network()));
  CHECK_FALSE(same_parameters(first.network(), third.network()));
}

TEST_CASE("a resumed run ends as if it had never stopped") {
  const auto data = blobs(100);
  for (const OptimiserKind optimiser : {OptimiserKind::kAdam, OptimiserKind::kSgd}) {
    Config config = every_feature();
    config.optimiser = optimiser;
    Trainer whole(config, data);
    run(whole);

    Trainer part(config, data);
    for (int step = 0; step < 17; ++step) part.step();
    const auto file = save_checkpoint(part.network(), part.state());
    SavedModel saved = load_model(file, "checkpoint");
    REQUIRE(saved.resumable);
    Trainer resumed(std::move(saved.network), saved.state, data);
    run(resumed);
    CHECK(same_parameters(whole.network(), resumed.network()));
  }
}

TEST_CASE("a run goes on with the images it was begun on, and with no others") {
  const auto data = blobs(100);
  Trainer part(small_config(), data);
  for (int step = 0; step < 12; ++step) part.step();
  const auto file = save_checkpoint(part.network(), part.state());
  const auto go_on = [&](std::shared_ptr<const Dataset> images, bool marked = true) {
    SavedModel saved = load_model(file, "checkpoint");
    if (!marked) saved.state.data = {};
    return Trainer(std::move(saved.network), saved.state, std::move(images)).state();
  };
  CHECK(go_on(data).step == 12);
  CHECK_THROWS_WITH(go_on(blobs(90)),
                    "data set: the run was begun on 100 images, there are 90 now; expected those "
                    "it was begun on.");
  auto other = std::make_shared<Dataset>(*data);
  other->pixels.back() ^= 1;
  const auto* const sentence =
      "data set: expected the images that the run was begun on, these are as many others.";
  CHECK_THROWS_WITH(go_on(other), sentence);
  *other = *data;
  std::swap(other->labels.front(), other->labels.back());
  CHECK_THROWS_WITH(go_on(other), sentence);

  // A checkpoint of before the images were noted.
  CHECK(go_on(other, false).step == 12);
  CHECK_THROWS_WITH(go_on(blobs(20), false),
                    "step: expected at most the 8 minibatches of a run on these images, got 12; "
                    "are they others?");
}

TEST_CASE("images held out must leave a minibatch to train on") {
  Config config = small_config();
  config.validation_images = 95;
  CHECK_THROWS_WITH(Trainer(config, blobs(100)),
                    "validation_images: expected at most 90 of the 100 images, so that a "
                    "batch is left, got 95.");
}

TEST_CASE("a negative never carries its true label") {
  for (const char* negatives : {"uniform", "hard"}) {
    Config config = small_config();
    config.negatives = negatives;
    Trainer trainer(config, blobs(100));
    while (!trainer.finished()) {
      trainer.step();
      const auto labels = trainer.row_labels();
      const std::size_t batch = labels.size() / 2;
      for (std::size_t row = 0; row < batch; ++row) {
        CHECK(labels[row] == trainer.batch().labels[row]);
        CHECK(labels[batch + row] != labels[row]);
      }
    }
  }
}

TEST_CASE("uniform negatives take every wrong label about as often") {
  Config config = small_config();
  config.epochs = 100;
  Trainer trainer(config, blobs(100));
  std::array<int, test::kClasses> taken{};
  while (!trainer.finished()) {
    trainer.step();
    for (const int label : trainer.row_labels().last(trainer.row_labels().size() / 2))
      ++taken.at(static_cast<std::size_t>(label));
  }
  for (const int count : taken) {
    CHECK(count > 900);
    CHECK(count < 1100);
  }
}

TEST_CASE("hard negatives are the labels that the softmax finds likely") {
  Config config = small_config();
  config.negatives = "hard";
  Network network = test::network_of(config, 8);
  network.softmax.bias(0, 3) = 8.0F;
  network.softmax.bias(0, 4) = 8.0F;
  Trainer trainer(network, {}, blobs(100));
  trainer.step();
  for (const int label : trainer.row_labels().last(10)) CHECK((label == 3 || label == 4));
}

TEST_CASE("each image is seen once an epoch") {
  const auto data = blobs(50);
  Config config = small_config();
  config.epochs = 1;
  Trainer trainer(config, data);
  std::array<int, test::kClasses> seen{};
  while (!trainer.finished()) {
    trainer.step();
    for (const int label : trainer.batch().labels) ++seen.at(static_cast<std::size_t>(label));
  }
  for (const int count : seen) CHECK(count == 5);
}

TEST_CASE("images held out for validation are not trained on") {
  auto data = std::make_shared<Dataset>(*blobs(60));
  for (std::size_t image = 0; image < 60; ++image)
    data->labels[image] = static_cast<std::uint16_t>(image < 40 ? image % 2 : 9);
  Config config = small_config();
  config.validation_images = 20;
  Trainer trainer(config, data);
  CHECK(trainer.train_count() == 40);
  while (!trainer.finished()) {
    trainer.step();
    for (const int label : trainer.row_labels()) CHECK(label < 2);
  }
}

TEST_CASE("images all of one class leave no label for a negative") {
  auto data = std::make_shared<Dataset>(*blobs(20));
  std::ranges::fill(data->labels, std::uint16_t{3});
  CHECK_THROWS_WITH(Trainer(small_config(), data),
                    "train_images: expected images of two classes or more, these are all of one.");
  Config without_labels = small_config();
  without_labels.negatives = "hybrid";
  CHECK_NOTHROW(Trainer(without_labels, data));
}

TEST_CASE("peer normalisation brings a dead unit back") {
  Config config = small_config();
  config.epochs = 200;
  config.softmax_rate = 0.0;
  Network network = test::network_of(config, 8);
  network.layers[0].bias(0, 5) = -20.0F;
  const auto alive = [](const Trainer& trainer) {
    const Network& net = trainer.network();
    return net.layers[0].bias(0, 5) > -19.5F;
  };
  Trainer without(network, {}, blobs(100));
  network.config.peer_strength = 1.0;
  Trainer with(network, {}, blobs(100));
  run(without);
  run(with);
  CHECK_FALSE(alive(without));
  CHECK(alive(with));
}

TEST_CASE("the learning rate is constant, then falls in a line or half a wave") {
  const auto share = [](double decay_start, DecayKind decay, std::int64_t step) {
    Config config;
    config.decay_start = decay_start;
    config.decay = decay;
    return rate_share(config, step, 100);
  };
  CHECK(share(0.5, DecayKind::kLine, 0) == 1.0);
  CHECK(share(0.5, DecayKind::kLine, 50) == 1.0);
  CHECK(share(0.5, DecayKind::kLine, 75) == 0.5);
  CHECK(share(1.0, DecayKind::kLine, 99) == 1.0);
  CHECK(share(0.0, DecayKind::kLine, 99) > 0.0);
  CHECK(share(0.5, DecayKind::kCosine, 50) == 1.0);
  CHECK(std::abs(share(0.5, DecayKind::kCosine, 75) - 0.5) < 1e-12);
  CHECK(std::abs(share(0.0, DecayKind::kCosine, 25) - (0.5 + std::sqrt(0.125))) < 1e-12);
  CHECK(share(0.0, DecayKind::kCosine, 99) > 0.0);
}

TEST_CASE("a learning rate that warms up grows in a line, whatever it does then") {
  Config config;
  config.warm_up = 0.1;
  config.decay_start = 0.5;
  const auto share = [&](std::int64_t step) { return rate_share(config, step, 100); };
  CHECK(share(0) == 0.1);
  CHECK(share(4) == 0.5);
  CHECK(share(9) == 1.0);
  CHECK(share(50) == 1.0);
  CHECK(share(75) == 0.5);
  config.decay_start = 0.0;
  CHECK(std::abs(share(4) - 0.5 * 0.96) < 1e-12);
  CHECK(rate_share(config, 0, 5) == 1.0);
}

TEST_CASE("only live fields change while a run goes on") {
  Trainer trainer(small_config(), blobs(100));
  Config config = small_config();
  config.learning_rate = 0.5;
  trainer.adjust(config);
  CHECK(trainer.report().learning_rate == 0.5);
  config.layers = {3};
  CHECK_THROWS_MATCHES(trainer.adjust(config), Error,
                       MessageMatches(ContainsSubstring("layers: cannot change")));
}

TEST_CASE("a run that diverges says which layer and what helps") {
  Config config = small_config();
  config.optimiser = OptimiserKind::kSgd;
  config.learning_rate = 10.0;
  config.weight_decay = 10.0;
  Trainer trainer(config, blobs(100));
  CHECK_THROWS_MATCHES(run(trainer), Error, MessageMatches(ContainsSubstring("learning_rate")));
}

TEST_CASE("a batch larger than the data is refused") {
  Config config = small_config();
  config.batch = 101;
  CHECK_THROWS_MATCHES(Trainer(config, blobs(100)), Error,
                       MessageMatches(ContainsSubstring("batch: expected at most the 100")));
}

TEST_CASE("activity is held of two layers at a time, however deep the net") {
  Config config = small_config();
  config.negatives = "hard";
  config.layers.assign(2, 20);
  Trainer shallow(config, blobs(100));
  config.layers.assign(20, 20);
  Trainer deep(config, blobs(100));
  shallow.step();
  deep.step();
  CHECK(deep.report().activity_bytes == shallow.report().activity_bytes);
  CHECK(deep.report().backprop_bytes == 10 * shallow.report().backprop_bytes);
}

TEST_CASE("the report counts recent goodness and errors of pairs") {
  Config config = small_config();
  config.objective = "logistic";
  config.threshold = 0.7;
  Trainer trainer(config, blobs(100));
  trainer.step();
  trainer.step();
  const Report report = trainer.report();
  CHECK(report.step == 2);
  CHECK(report.steps == 40);
  CHECK(report.epoch == 0.2);
  REQUIRE(report.layers.size() == 2);
  for (const LayerReport& layer : report.layers) {
    float positives = 0.0F;
    float negatives = 0.0F;
    for (const float count : layer.goodness.positive) positives += count;
    for (const float count : layer.goodness.negative) negatives += count;
    CHECK(positives == 20.0F);
    CHECK(negatives == 20.0F);
    CHECK(layer.goodness.low <= layer.threshold.value());
    CHECK(layer.goodness.high >= layer.threshold.value());
    CHECK(layer.threshold.value() > 0.69);
    CHECK(layer.threshold.value() < 0.71);
    CHECK(layer.pair_error >= 0.0);
    CHECK(layer.pair_error <= 1.0);
  }
}

}  // namespace ff
