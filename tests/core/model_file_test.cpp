#include "ff/model_file.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/read_out.hpp"
#include "sample.hpp"

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
  for (std::size_t index = 0; index < 2; ++index) {
    CHECK(model.network.layers[index].weights == trainer.network().layers[index].weights);
    CHECK(model.network.layers[index].bias == trainer.network().layers[index].bias);
  }
  CHECK(model.network.softmax.weights == trainer.network().softmax.weights);
}

TEST_CASE("half precision halves the file and keeps what the net says") {
  const Trainer trainer = begun();
  const auto full = save_model(trainer.network(), TensorType::kF32);
  const auto half = save_model(trainer.network(), TensorType::kF16);
  CHECK(half.size() < full.size() * 2 / 3);
  const auto data = test::blobs(100, 3);
  const Evaluation before = evaluate(trainer.network(), *data, 0, 100);
  const Evaluation after = evaluate(load_model(half, "digits").network, *data, 0, 100);
  CHECK(std::abs(before.errors - after.errors) <= 2);
}

TEST_CASE("a net without a softmax is saved and read without one") {
  Config config = test::small_config();
  config.softmax_rate = 0.0;
  const Network network = make_network(config, 64);
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
