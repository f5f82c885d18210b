#include "ff/read_out.hpp"

#include <algorithm>
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

Batch some_images(std::uint32_t count) { return test::first_images(*blobs(100, 5), count); }

const std::vector<std::uint32_t> kFirstFour = {0, 1, 2, 3};

// The blobs, 8x8, moved by hand.
Dataset moved(const Dataset& data, int down, int right) {
  Dataset result = data;
  const auto inside = [](int at) { return at >= 0 && at < 8; };
  for (std::size_t image = 0; image < data.count(); ++image)
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x) {
        const int from_y = y - down;
        const int from_x = x - right;
        result.pixels[image * 64 + static_cast<std::size_t>(y * 8 + x)] =
            inside(from_y) && inside(from_x)
                ? data.pixels[image * 64 + static_cast<std::size_t>(from_y * 8 + from_x)]
                : 0;
      }
  return result;
}

// The mean of what the softmax says of the first four at the nine places around.
Matrix softmax_of_nine_places(const Network& network, const Dataset& data) {
  Matrix sum = Matrix::Zero(4, test::kLabels);
  for (int down = -1; down <= 1; ++down)
    for (int right = -1; right <= 1; ++right)
      sum += read_out(network, test::first_images(moved(data, down, right), 4)).softmax;
  return sum / 9.0F;
}

}  // namespace

TEST_CASE("goodness of every label is what a dense pass with that label gives") {
  const Network network = trained(test::small_config());
  const Batch batch = some_images(9);
  const ReadOut out = read_out(network, batch);
  for (int label = 0; label < test::kLabels; ++label) {
    const std::vector<int> labels(9, label);
    Real inputs = DenseReference{network.config.label_strength}.inputs(batch, labels);
    for (std::size_t index = 0; index < network.layers.size(); ++index) {
      const Real units = DenseReference::activity(network.layers[index], inputs);
      const Real expected = DenseReference::goodness(units, network.config);
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

TEST_CASE("the softmax looks at every place within reach, goodness where the image is") {
  Network network = trained(test::small_config());
  const auto data = blobs(20, 5);
  const Matrix expected = softmax_of_nine_places(network, *data);
  const ReadOut here = read_out(network, test::first_images(*data, 4));
  network.config.softmax_shift = 1;
  const ReadOut out = read_out(network, *data, kFirstFour);
  CHECK(out.softmax.isApprox(expected, 1e-5F));
  CHECK_FALSE(out.softmax.isApprox(here.softmax, 1e-2F));
  CHECK(out.total == here.total);
  CHECK(out.goodness == here.goodness);
  std::int64_t wrong = 0;
  for (const std::uint32_t row : kFirstFour)
    wrong += expected(row, data->labels[row]) < expected.row(row).maxCoeff() ? 1 : 0;
  CHECK(evaluate(network, *data, 0, 4).softmax_errors == wrong);
}

TEST_CASE("a net that is read by its softmax alone looks around as well") {
  Config config = test::small_config();
  config.rule = "backprop_label";
  Network network = trained(config);
  const auto data = blobs(20, 5);
  const Matrix expected = softmax_of_nine_places(network, *data);
  network.config.softmax_shift = 1;
  CHECK(read_out(network, *data, kFirstFour).total.isApprox(expected, 1e-5F));
}

TEST_CASE("without a softmax there is nothing to look around with") {
  Config config = test::small_config();
  config.softmax_rate = 0.0;
  config.softmax_shift = 1;
  const ReadOut out = read_out(trained(config), *blobs(20, 5), kFirstFour);
  CHECK(out.softmax.size() == 0);
  CHECK(out.total.rows() == 4);
}

TEST_CASE("a net that looks nowhere else reads images where they are") {
  const Network network = trained(test::small_config());
  const auto data = blobs(20, 5);
  const ReadOut out = read_out(network, *data, kFirstFour);
  const ReadOut expected = read_out(network, test::first_images(*data, 4));
  CHECK(out.total == expected.total);
  CHECK(out.softmax == expected.softmax);
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
  CHECK(sum.upto_errors == whole.upto_errors);
}

TEST_CASE("an evaluation can take every so many images, and stops at the end") {
  const Network network = trained(test::small_config());
  const auto data = blobs(97, 3);
  CHECK(evaluate(network, *data, 0, 1000, 10).images == 10);
  CHECK(evaluate(network, *data, 97, 10).images == 0);
  CHECK(evaluate(network, *data, 0, 0).images == 0);
}

TEST_CASE("errors are counted layer by layer, alone and with the counted ones below") {
  Config config = test::small_config();
  config.epochs = 40;
  config.learning_rate = 0.01;
  Network network = trained(config);
  // A layer that knows nothing, but says it loudly.
  network.layers[1].weights = Parameter(Matrix(10.0F * Matrix::Random(24, 16)));
  const auto data = blobs(97, 3);
  const Evaluation all = evaluate(network, *data, 0, data->count());
  REQUIRE(all.layer_errors.size() == 2);
  REQUIRE(all.upto_errors.size() == 2);
  CHECK(all.layer_errors[0] < 20);
  CHECK(all.layer_errors[1] > 40);
  CHECK(all.upto_errors[0] == all.layer_errors[0]);
  CHECK(all.upto_errors[1] == all.errors);
  CHECK(all.errors > all.layer_errors[0]);

  network.config.first_counted_layer = 2;
  network.softmax = {};
  const Evaluation second = evaluate(network, *data, 0, data->count());
  CHECK(second.layer_errors == all.layer_errors);
  CHECK(second.upto_errors[1] == second.layer_errors[1]);
  CHECK(second.errors == second.layer_errors[1]);
  // Nothing counted says 0 for every image.
  CHECK(second.upto_errors[0] == std::count_if(data->labels.begin(), data->labels.end(),
                                               [](int label) { return label != 0; }));
}

TEST_CASE("evaluations add up in everything they count") {
  Evaluation sum;
  const Evaluation some{.images = 10,
                        .errors = 3,
                        .softmax_errors = 2,
                        .layer_errors = {4, 5},
                        .upto_errors = {6, 7}};
  sum.add(some);
  CHECK(sum.upto_errors == some.upto_errors);
  sum.add({.images = 20,
           .errors = 1,
           .softmax_errors = 8,
           .layer_errors = {20, 30},
           .upto_errors = {40, 50}});
  CHECK(sum.images == 30);
  CHECK(sum.errors == 4);
  CHECK(sum.softmax_errors == 10);
  CHECK(sum.layer_errors == std::vector<std::int64_t>{24, 35});
  CHECK(sum.upto_errors == std::vector<std::int64_t>{46, 57});
  CHECK(std::abs(sum.error() - 4.0 / 30) < 1e-12);
  CHECK(std::abs(sum.softmax_error() - 10.0 / 30) < 1e-12);
}

TEST_CASE("a net is read otherwise than it was trained, without another training") {
  const Network network = trained(test::small_config());
  const Batch batch = some_images(9);
  const ReadOut as_trained = read_out(network, batch);
  const ReadOut later =
      read_out(network, batch, Reading{.first_counted_layer = 2, .softmax_shift = 0});
  CHECK(as_trained.total.isApprox(as_trained.goodness[0] + as_trained.goodness[1]));
  CHECK(later.total == later.goodness[1]);
  CHECK(later.softmax == as_trained.softmax);
}

TEST_CASE("images without any ink and layers without any activity are read without NaN") {
  Network network = trained(test::small_config());
  network.layers[0].weights = Parameter(64, 24);
  network.layers[0].bias.flat().setConstant(-1.0F);
  const ReadOut out = read_image(network, std::vector<std::uint8_t>(64, 0));
  CHECK(out.total.allFinite());
  CHECK(out.softmax.allFinite());
}

}  // namespace ff
