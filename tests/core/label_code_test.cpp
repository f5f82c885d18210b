#include "ff/label_code.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <string>

#include "ff/error.hpp"
#include "ff/layer_loss.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

// What every label code keeps, whichever there are.

namespace ff {
namespace {

using test::Real;

constexpr Shape kColoured = {.channels = 3, .height = 9, .width = 8};

std::string any_code() {
  const auto all = label_codes();
  return std::string(GENERATE_REF(from_range(all.begin(), all.end()))->name);
}

Config with_code(const std::string& code) {
  Config config;
  config.label_code = code;
  return config;
}

}  // namespace

TEST_CASE("a label's code is as long as any other, is like none, and leaves the others' mean") {
  const std::string code = any_code();
  const int classes = GENERATE(2, 10, 40);
  CAPTURE(code, classes);
  const RowFormat format =
      row_format(with_code(code), kColoured, static_cast<std::size_t>(classes));
  REQUIRE(format.codes.rows() == classes + 1);
  CHECK(format.pixels == kColoured.size());
  for (int label = 0; label < classes; ++label) {
    CHECK(std::abs(format.code_squares[label] - 1.0F) < 1e-4F);
    for (int other = 0; other < label; ++other)
      CHECK((format.codes.row(label) - format.codes.row(other)).squaredNorm() > 0.1F);
  }
  CHECK(test::difference(format.codes.row(classes),
                         format.codes.topRows(classes).cast<double>().colwise().mean()) < 1e-5);
}

TEST_CASE("only the code that takes an image's first pixels changes the image") {
  const auto data = test::blobs(10);
  const std::string code = any_code();
  const RowFormat format = row_format(with_code(code), data->shape, 10);
  Batch batch;
  fill_batch(*data, std::vector<std::uint32_t>{3}, format, batch);
  for (Eigen::Index pixel = 0; pixel < 64; ++pixel) {
    const bool taken = code == "first_pixels" && pixel < 10;
    const float grey = static_cast<float>(data->image(3)[static_cast<std::size_t>(pixel)]) / 255.0F;
    CHECK(batch.rows(0, pixel) == (taken ? 0.0F : grey));
  }
  CHECK(batch.rows.row(0).tail(format.columns() - 64).isZero(0.0F));
}

TEST_CASE("whatever the code, layer 1 is the dense one and learns by the gradient of its loss") {
  Config config = test::plain_steps(test::small_config());
  config.label_code = any_code();
  config.learning_rate = 1.0;
  CAPTURE(config.label_code);
  const auto data = test::blobs(4, 7, 4);
  Network network = make_network(config, data->shape, data->classes);
  Layer& layer = network.layers[0];
  layer.bias.flat().setRandom();
  Batch batch;
  fill_batch(*data, std::vector<std::uint32_t>{0, 1, 2, 3}, network.format, batch);
  const std::vector<int> labels = {0, 1, 2, 3, 1, 2, kNeutral, kNeutral};
  Pass pass;
  pass.start(batch);
  pass.label(labels);
  Activity activity;
  pass.forward(network, 0, {}, activity);
  const Real inputs = test::DenseReference{5.0}.inputs(batch, labels);
  CHECK(test::difference(activity.units(), test::DenseReference::activity(layer, inputs)) < 2e-4);

  LayerLoss loss;
  PanelMatrix delta;
  loss.measure(config, layer, activity, {});
  loss.derive(config, layer, activity, delta);
  Network moved = network;
  pass.learn(0, {}, delta, optimiser_step(config, 1.0, 0, 1), moved);
  const Matrix gradient = layer.weights.matrix() - moved.layers[0].weights.matrix();
  const auto lost = [&] { return test::DenseReference::layer_loss(layer, inputs, config); };
  CHECK(test::difference(gradient, test::finite_differences(layer.weights, lost)) < 2e-3);
}

TEST_CASE("whatever the code, a net learns blobs") {
  const auto data = test::blobs(200);
  Config config = test::small_config();
  config.label_code = any_code();
  config.epochs = 12;
  CAPTURE(config.label_code);
  Trainer trainer(config, data);
  while (!trainer.finished()) trainer.step();
  CHECK(evaluate(trainer.network(), *data, 0, 200).error() < 0.2);
}

TEST_CASE("images with fewer pixels than classes have no room for labels in their first pixels") {
  CHECK_THROWS_MATCHES(row_format(Config{}, {.channels = 3, .height = 3, .width = 3}, 10), Error,
                       Catch::Matchers::Message(
                           "label_code: first_pixels has room for 9 classes in images of 3x3 in "
                           "colour pixels, there are 10; expected one_hot."));
  CHECK_NOTHROW(row_format(with_code("one_hot"), {.channels = 3, .height = 3, .width = 3}, 10));
}

TEST_CASE("images that carry no label have no codes and no columns for them") {
  Config config = with_code(any_code());
  config.rule = "backprop_label";
  const RowFormat format = row_format(config, kColoured, 10);
  CHECK(format.codes.rows() == 0);
  CHECK(format.columns() == kColoured.size());
}

}  // namespace ff
