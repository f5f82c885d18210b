#include "ff/read_out.hpp"

#include <catch2/catch_test_macros.hpp>

#include "ff/trainer.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::blobs;
using test::DenseReference;
using test::Real;

Network trained(const Config& config) {
  Trainer trainer(config, blobs(100));
  while (!trainer.finished()) trainer.step();
  return trainer.network();
}

Batch some_images(std::uint32_t count) {
  std::vector<std::uint32_t> indices;
  for (std::uint32_t index = 0; index < count; ++index) indices.push_back(index);
  Batch batch;
  fill_batch(*blobs(100, 5), indices, InputsKind::kPlain, batch);
  return batch;
}

}  // namespace

TEST_CASE("goodness of every label is what a dense pass with that label gives") {
  const Network network = trained(test::small_config());
  const Batch batch = some_images(9);
  const ReadOut out = read_out(network, batch);
  for (int label = 0; label < kLabels; ++label) {
    const std::vector<int> labels(9, label);
    Real inputs = DenseReference{network.config.label_strength}.inputs(batch, labels);
    for (std::size_t index = 0; index < network.layers.size(); ++index) {
      const Real units = DenseReference::activity(network.layers[index], inputs);
      const Real expected = DenseReference::goodness(units, network.config.goodness);
      CHECK(test::difference(out.goodness[index].col(label), expected) < 1e-3);
      inputs = DenseReference::directions(units);
    }
  }
  CHECK(out.total.isApprox(out.goodness[0] + out.goodness[1]));
}

TEST_CASE("only the layers that count are summed") {
  Config config = test::small_config();
  config.first_counted_layer = 2;
  const ReadOut out = read_out(trained(config), some_images(9));
  CHECK(out.goodness.size() == 2);
  CHECK(out.total == out.goodness[1]);
}

TEST_CASE("the one-pass softmax gives probabilities") {
  const ReadOut out = read_out(trained(test::small_config()), some_images(9));
  CHECK(out.softmax.rows() == 9);
  CHECK(out.softmax.minCoeff() >= 0.0F);
  CHECK(out.softmax.rowwise().sum().isApprox(Vector::Ones(9), 1e-5F));
}

TEST_CASE("a net without a softmax reads by goodness alone") {
  Config config = test::small_config();
  config.softmax_rate = 0.0;
  const ReadOut out = read_out(trained(config), some_images(9));
  CHECK(out.softmax.size() == 0);
  CHECK(out.total.rows() == 9);
}

TEST_CASE("an evaluation in slices is the whole evaluation") {
  const Network network = trained(test::small_config());
  const auto data = blobs(97, 3);
  const Evaluation whole = evaluate(network, *data, 0, data->count());
  Evaluation sum;
  for (std::size_t first = 0; first < data->count(); first += 40)
    sum.add(evaluate(network, *data, first, 40));
  CHECK(whole.images == 97);
  CHECK(sum.images == 97);
  CHECK(sum.errors == whole.errors);
  CHECK(sum.softmax_errors == whole.softmax_errors);
  CHECK(sum.layer_errors == whole.layer_errors);
}

TEST_CASE("an evaluation can take every so many images, and stops at the end") {
  const Network network = trained(test::small_config());
  const auto data = blobs(97, 3);
  CHECK(evaluate(network, *data, 0, 1000, 10).images == 10);
  CHECK(evaluate(network, *data, 97, 10).images == 0);
  CHECK(evaluate(network, *data, 0, 0).images == 0);
}

TEST_CASE("images without any ink and layers without any activity are read without NaN") {
  Network network = trained(test::small_config());
  network.layers[0].weights = PanelMatrix(64, 24);
  network.layers[0].bias.setConstant(-1.0F);
  Batch batch;
  const std::vector<std::uint8_t> blank(64, 0);
  fill_batch(blank, InputsKind::kPlain, batch);
  const ReadOut out = read_out(network, batch);
  CHECK(out.total.allFinite());
  CHECK(out.softmax.allFinite());
}

}  // namespace ff
