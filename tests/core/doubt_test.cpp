#include "ff/doubt.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "ff/trainer.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;

Config quick() {
  Config config = test::small_config();
  config.epochs = 30;
  config.learning_rate = 0.01;
  return config;
}

// Trained on the first 200 of so many blobs.
Trainer trained(int images) {
  Config config = quick();
  config.train_images = 200;
  Trainer trainer(config, blobs(images));
  while (!trainer.finished()) trainer.step();
  return trainer;
}

Network calibrated(int images, std::size_t piece) {
  Trainer trainer = trained(images);
  Calibrator calibrator = trainer.calibrator();
  while (calibrator.read(trainer.network(), piece) == piece) {
  }
  trainer.keep(calibrator.calibration());
  return trainer.network();
}

// Shares of verdicts about images: clear, perhaps, none.
std::array<double, 3> verdicts(const Network& network, const Dataset& data) {
  std::array<double, 3> shares{};
  const auto count = static_cast<std::uint32_t>(data.count());
  const Scores scores = test::read_first(network, data, count);
  for (std::uint32_t image = 0; image < count; ++image)
    shares.at(static_cast<std::size_t>(doubt(network, scores, image)->verdict)) += 1.0 / count;
  return shares;
}

Dataset noise(int count) {
  Dataset data = *blobs(count);
  Random random(9, RandomUse::kDataset, 0);
  for (std::uint8_t& pixel : data.pixels) pixel = static_cast<std::uint8_t>(random.below(256));
  return data;
}

}  // namespace

TEST_CASE("a net without a calibration doubts nothing") {
  const Network network = trained(200).network();
  CHECK_FALSE(doubt(network, test::read_first(network, *blobs(10, 5), 10)));
  CHECK_FALSE(evaluate(network, *blobs(10, 5), 0, 10).clear);
}

TEST_CASE("images like those held out are seldom doubted, images of nothing mostly") {
  const Network network = calibrated(1200, 100);
  const auto [clear, perhaps, none] = verdicts(network, *blobs(1000, 77));
  CHECK(clear > 0.95);
  CHECK(clear < 1.0);
  const auto [noise_clear, noise_perhaps, noise_none] = verdicts(network, noise(300));
  CHECK(noise_none > 0.5);
}

TEST_CASE("the lead is that of the best score over the second, which is the rival's") {
  const Network network = calibrated(600, 64);
  const Scores scores = test::read_first(network, *blobs(50, 5), 50);
  for (Eigen::Index image = 0; image < 50; ++image) {
    const auto told = doubt(network, scores, image);
    std::vector<float> row(scores.answer().row(image).begin(), scores.answer().row(image).end());
    CHECK(row[static_cast<std::size_t>(told->rival)] ==
          row[static_cast<std::size_t>(best_class(scores.answer(), image))] - told->lead);
    std::ranges::sort(row, std::greater());
    CHECK(told->lead == row[0] - row[1]);
    CHECK(told->rival != best_class(scores.answer(), image));
  }
}

TEST_CASE("in what pieces images are looked at changes nothing") {
  CHECK(calibrated(600, 37).calibration == calibrated(600, 400).calibration);
}

TEST_CASE("where nothing is held out, a calibration is made as well") {
  const Network network = calibrated(200, 50);
  const auto [clear, perhaps, none] = verdicts(network, *blobs(1000, 77));
  CHECK(clear > 0.9);
}

TEST_CASE("an evaluation counts what is not doubted, unless the net is read otherwise") {
  const Network network = calibrated(600, 64);
  const auto data = blobs(500, 77);
  const auto [clear, perhaps, none] = verdicts(network, *data);
  CHECK(evaluate(network, *data, 0, 500).clear == std::llround(500 * clear));
  CHECK_FALSE(evaluate(network, *data, 0, 500, 1, Reading{2, 9, 0}).clear);
}

}  // namespace ff
