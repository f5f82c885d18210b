#include "ff/widened.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <string>
#include <utility>
#include <vector>

#include "ff/error.hpp"
#include "ff/model_file.hpp"
#include "ff/trainer.hpp"
#include "sample.hpp"

namespace ff {
namespace {

const std::vector<std::string> kSigns = {"star", "→"};

// Blobs that are dark where twelve labels may be written, the last ones of the two new classes.
Dataset with_signs(int count) {
  Dataset data = *test::blobs(count);
  data.classes.insert(data.classes.end(), kSigns.begin(), kSigns.end());
  const auto size = static_cast<std::size_t>(data.shape.size());
  for (std::size_t image = 0; image < data.count(); ++image) {
    for (std::size_t pixel = 0; pixel < data.classes.size(); ++pixel)
      data.pixels[image * size + pixel] = 0;
    if (image % 4 != 0) continue;
    data.labels[image] = image % 8 == 0 ? 10 : 11;
    for (std::size_t pixel = 12; pixel < size; ++pixel) {
      const std::size_t at = data.labels[image] == 10 ? pixel / 8 : pixel % 8;
      data.pixels[image * size + pixel] = at < 4 ? 230 : 0;
    }
  }
  return data;
}

Dataset digits_of(Dataset data) {
  data.classes.resize(10);
  for (std::uint16_t& label : data.labels) label %= 10;
  return data;
}

Network taught(const Config& config) {
  Trainer trainer(config, test::blobs(200));
  while (!trainer.finished()) trainer.step();
  return trainer.network();
}

double most_apart(const Matrix& wide, const Matrix& narrow) {
  return (wide.leftCols(narrow.cols()) - narrow).cwiseAbs().maxCoeff();
}

void expect_refusal(const Config& config, const std::vector<std::string>& names, const Config& run,
                    const std::string& message) {
  CHECK_THROWS_MATCHES(widened(test::network_of(config, 8), names, run), Error,
                       Catch::Matchers::Message(message));
}

}  // namespace

TEST_CASE("a net with more classes finds the old labels as good as before, whatever sees them") {
  Config config = GENERATE(from_range(test::every_path({24, 16})));
  if (config.negatives != "hybrid") config.label_code = GENERATE("first_pixels", "one_hot", "wave");
  CAPTURE(config.label_code, config.layers.front().shared);
  config.epochs = 1;
  const Network narrow = taught(config);
  const Network wide = widened(narrow, kSigns, narrow.config);
  REQUIRE(wide.classes.size() == 12);
  CHECK(wide.classes.back() == "→");
  const Dataset data = with_signs(40);
  const Scores before = test::read_first(narrow, digits_of(data), 40);
  const Scores after = test::read_first(wide, data, 40);
  for (std::size_t layer = 0; layer < before.of("layer").size(); ++layer)
    CHECK(most_apart(*after.of("layer")[layer], *before.of("layer")[layer]) < 1e-4);
}

TEST_CASE("a net with more classes learns them, and reads the old ones still") {
  Config config = test::small_config();
  config.label_code = GENERATE("first_pixels", "one_hot");
  config.epochs = 12;
  const Network narrow = taught(config);
  Config run = narrow.config;
  run.seed = 5;
  const Dataset data = with_signs(400);
  Trainer trainer(widened(narrow, kSigns, run), {}, std::make_shared<const Dataset>(data));
  const double untaught = evaluate(trainer.network(), data, 0, 100, 4).error();
  while (!trainer.finished()) trainer.step();
  CHECK(untaught > 0.4);
  CHECK(evaluate(trainer.network(), data, 0, 100, 4).error() < 0.05);
  CHECK(evaluate(trainer.network(), data, 0, 400).error() < 0.2);
}

TEST_CASE("its file names the new classes, and keeps nothing of the training before") {
  const Network wide = widened(taught(test::small_config()), kSigns, test::small_config());
  const SavedModel read = load_model(save_model(wide, TensorType::kF32), "signs");
  CHECK(read.network.classes == wide.classes);
  CHECK(test::same_parameters(read.network, wide));
  CHECK(wide.layers[0].weights.first.size() == 0);
  CHECK(wide.layers[1].bias.first.size() == 0);
}

TEST_CASE("classes that cannot be added are refused by their cause") {
  const Config config = test::small_config();
  expect_refusal(config, {"3"}, config,
                 "classes: the net knows a class named 3 already; expected another name.");
  expect_refusal(config, {"star", "star"}, config,
                 "classes: the net knows a class named star already; expected another name.");
  expect_refusal(config, {""}, config, "classes: expected a name for each, one is empty.");
  std::vector<std::string> many;
  many.reserve(60);
  for (int name = 0; name < 60; ++name) many.push_back("sign " + std::to_string(name));
  expect_refusal(config, many, config,
                 "label_code: first_pixels has room for 64 classes in images of 8x8 pixels, there "
                 "are 70; expected one_hot.");
  Config tiles = config;
  tiles.label_code = "channel";
  expect_refusal(tiles, {"a", "b", "c", "d", "e", "f", "g"}, tiles,
                 "label_code: channel writes every label otherwise when there are more; expected "
                 "first_pixels.");
  Config deeper = config;
  deeper.layers.emplace_back(8);
  expect_refusal(config, {"star"}, deeper, "layers: cannot change in a net that has learnt.");
}

}  // namespace ff
