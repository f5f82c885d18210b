#include "ff/model_file.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "../sample.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/read_out.hpp"

namespace ff {
namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

Trainer begun() {
  Trainer trainer(test::small_config(), test::blobs(100));
  for (int step = 0; step < 12; ++step) trainer.step();
  return trainer;
}

// A file whose contents were changed after it was written.
template <class Change>
void expect_refusal(Change change, const std::string& cause) {
  const Trainer trainer = begun();
  TensorFile file = read_safetensors(save_checkpoint(trainer.network(), trainer.state()), "digits");
  change(file);
  const auto bytes = write_safetensors(file, TensorType::kF32);
  CHECK_THROWS_MATCHES(load_model(bytes, "digits"), Error,
                       MessageMatches(ContainsSubstring("digits: ") && ContainsSubstring(cause)));
}

}  // namespace

TEST_CASE("a saved net is read back the same") {
  const Trainer trainer = begun();
  const SavedModel model = load_model(save_model(trainer.network(), TensorType::kF32), "digits");
  CHECK_FALSE(model.resumable);
  CHECK(model.network.config == trainer.network().config);
  CHECK(test::same_parameters(model.network, trainer.network()));
}

TEST_CASE("what a layer learns of its normalisation is kept with it") {
  Config config = test::small_config();
  config.rule = "class_goodness";
  config.normalisation = "scaled_batch";
  Trainer trainer(config, test::blobs(100));
  for (int step = 0; step < 12; ++step) trainer.step();
  const Layer& layer = trainer.network().layers.front();
  CHECK(layer.gain.flat() != RowVector::Ones(layer.shape.channels));
  CHECK_FALSE(layer.shift.flat().isZero());
  const SavedModel model =
      load_model(save_checkpoint(trainer.network(), trainer.state()), "digits");
  CHECK(test::same_parameters(model.network, trainer.network()));
  CHECK(model.network.layers.front().gain.second == layer.gain.second);
  CHECK(model.network.layers.front().running.variance == layer.running.variance);
}

TEST_CASE("half precision halves the file and keeps what the net says") {
  const Trainer trainer = begun();
  const auto full = save_model(trainer.network(), TensorType::kF32);
  const auto half = save_model(trainer.network(), TensorType::kF16);
  CHECK(half.size() < full.size() * 2 / 3);
  const auto data = test::blobs(100, 3);
  const Evaluation before = evaluate(trainer.network(), *data, 0, 100);
  const Evaluation after = evaluate(load_model(half, "digits").network, *data, 0, 100);
  CHECK(std::abs(before.errors() - after.errors()) <= 2);
}

TEST_CASE("a calibration is kept with the net, if there is one") {
  Trainer trainer = begun();
  const auto again = [&] {
    return load_model(save_checkpoint(trainer.network(), trainer.state()), "digits").network;
  };
  CHECK_FALSE(again().calibration);
  trainer.keep({.usual_lead = 0.1F, .usual_score = 2.0F});
  CHECK(again().calibration == Calibration{.usual_lead = 0.1F, .usual_score = 2.0F});
  for (const char* text : {"{", "[]", "{}", R"({"usual_lead": "0.1", "usual_score": 2})"})
    expect_refusal([&](TensorFile& file) { file.metadata["calibration"] = text; },
                   "its calibration should hold a usual_lead");
}

TEST_CASE("a net without a softmax is saved and read without one") {
  Config config = test::small_config();
  config.softmax_rate = 0.0;
  const Network network = test::network_of(config, 8);
  CHECK_FALSE(load_model(save_model(network, TensorType::kF32), "digits").network.has_softmax());
}

TEST_CASE("a file that is safetensors but no model of ours is refused by its cause") {
  expect_refusal([](TensorFile& file) { file.metadata.clear(); }, "\"format\"");
  expect_refusal([](TensorFile& file) { file.metadata["format"] = "other"; }, "format should be");
  expect_refusal([](TensorFile& file) { file.metadata["config"] = "{"; }, "JSON object");
  expect_refusal([](TensorFile& file) { file.metadata["config"] = R"({"epochs": -1})"; },
                 "epochs: expected");
  expect_refusal([](TensorFile& file) { file.metadata["step"] = "-3"; }, "step should be");
  expect_refusal([](TensorFile& file) { file.metadata["step"] = "99999999999999999999"; },
                 "step should be");
  expect_refusal([](TensorFile& file) { file.tensors.erase("layer2.weight"); },
                 "no tensor layer2.weight");
  expect_refusal([](TensorFile& file) { file.tensors.erase("layer1.weight"); },
                 "no tensor layer1.weight");
  expect_refusal([](TensorFile& file) { file.tensors["layer2.bias"].shape = {16}; },
                 "layer2.bias should be [1 x 16]");
  expect_refusal(
      [](TensorFile& file) {
        std::swap(file.tensors["layer1.weight"], file.tensors["layer2.weight"]);
      },
      "layer1.weight");
}

TEST_CASE("a file names the classes and says the shape of the images") {
  const std::vector<std::string> classes = {"cat", "dog", "Größe \"1\""};
  const Shape shape{.channels = 3, .height = 5, .width = 4};
  const Network network = make_network(test::small_config(), shape, classes);
  const Network read = load_model(save_model(network, TensorType::kF32), "pets").network;
  CHECK(read.classes == classes);
  CHECK(read.shape == shape);
  CHECK(read.softmax.bias.cols() == 3);
}

TEST_CASE("a file of before there were classes and shapes is read as it was meant") {
  Config config = test::small_config();
  config.dataset = "fashion-mnist";
  TensorFile file =
      read_safetensors(save_model(test::network_of(config, 28), TensorType::kF32), "old");
  file.metadata.erase("classes");
  file.metadata.erase("shape");
  const Network read = load_model(write_safetensors(file, TensorType::kF32), "old").network;
  CHECK(read.classes == class_names("fashion-mnist"));
  CHECK(read.shape == Shape{.channels = 1, .height = 28, .width = 28});
}

TEST_CASE(
    "a file of before there were fields, with a weight for every input, is read as they are") {
  Config config = test::small_config();
  config.regions = 2;
  Trainer trainer(config, test::blobs(40));
  for (int step = 0; step < 3; ++step) trainer.step();
  const Layer& first = trainer.network().layers[0];
  TensorFile file =
      read_safetensors(save_checkpoint(trainer.network(), trainer.state()), "regions");
  const auto widen = [&](const char* name, const PanelMatrix& values) {
    const Matrix all = scattered(first.fields, values.matrix());
    file.tensors[name] = {.shape = {64, static_cast<std::size_t>(all.cols())},
                          .values = {all.data(), all.data() + all.size()}};
  };
  widen("layer1.weight", first.weights);
  widen("layer1.weight.momentum", first.weights.first);
  widen("layer1.weight.variance", first.weights.second);
  const Network read = load_model(write_safetensors(file, TensorType::kF32), "regions").network;
  CHECK(test::same_parameters(read, trainer.network()));
  CHECK(read.layers[0].weights.first == first.weights.first);
  CHECK(read.layers[0].weights.second == first.weights.second);
}

TEST_CASE("classes and shapes that cannot be are refused") {
  const auto with = [](const char* key, const char* text) {
    return [key, text](TensorFile& file) { file.metadata[key] = text; };
  };
  for (const char* text : {"{", "[]", R"(["one"])", R"(["one", 2])", R"(["one", ""])", "7"})
    expect_refusal(with("classes", text), "classes should be 2 to 1000 names");
  for (const char* text : {"[1,8]", "[1,8,-8]", "[1,8,8.5]", "\"1x8x8\"", "[0,8,8]"})
    expect_refusal(with("shape", text), "its shape should be channels, height and width");
  expect_refusal(with("shape", "[65536,65536,65536]"), "its shape should be of images of at most");
  expect_refusal(with("shape", "[1,80,80]"), "layer1.weight should be [6400 x 24]");
  expect_refusal(with("shape", "[1,4,8]"), "layer1.weight should be [32 x 24]");
  expect_refusal(with("classes", R"(["one", "two"])"), "softmax.weight should be [40 x 2]");
}

TEST_CASE("a config that promises a huge net with small tensors is refused before any allocation") {
  expect_refusal(
      [](TensorFile& file) {
        Config config = test::small_config();
        config.layers.assign(32, 8192);
        file.metadata["config"] = to_json(config).dump();
      },
      "layer1.weight should be [64 x 8192]");
}

}  // namespace ff
