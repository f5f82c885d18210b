#include "ff/read_out.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

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

const std::shared_ptr<const Dataset> kUnseen = blobs(100, 5);

const std::vector<std::uint32_t> kFirstFour = {0, 1, 2, 3};

// The blobs, 8x8, moved by hand, after they were mirrored or not.
Dataset moved(const Dataset& data, int down, int right, bool mirrored = false) {
  Dataset result = data;
  const auto inside = [](int at) { return at >= 0 && at < 8; };
  for (std::size_t image = 0; image < data.count(); ++image)
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x) {
        const int from_y = y - down;
        const int from_x = mirrored ? 7 - (x - right) : x - right;
        result.pixels[image * 64 + static_cast<std::size_t>(y * 8 + x)] =
            inside(from_y) && inside(from_x)
                ? data.pixels[image * 64 + static_cast<std::size_t>(from_y * 8 + from_x)]
                : 0;
      }
  return result;
}

// The mean of what the softmax says of the first four at the nine places around.
Matrix softmax_of_nine_places(const Network& network, const Dataset& data) {
  Matrix sum = Matrix::Zero(4, test::kClasses);
  for (int down = -1; down <= 1; ++down)
    for (int right = -1; right <= 1; ++right)
      sum += *test::read_first(network, moved(data, down, right), 4).of("softmax")[0];
  return sum / 9.0F;
}

}  // namespace

TEST_CASE("goodness of every label is what a dense pass with that label gives") {
  const Network network = trained(test::small_config());
  const Batch batch = test::first_images(*kUnseen, 9);
  const Scores out = test::read_first(network, *kUnseen, 9);
  for (int label = 0; label < test::kClasses; ++label) {
    const std::vector<int> labels(9, label);
    Real inputs = DenseReference{network.config.label_strength}.inputs(batch, labels);
    for (std::size_t index = 0; index < network.layers.size(); ++index) {
      const Real units = DenseReference::activity(network.layers[index], inputs);
      const Real expected = DenseReference::goodness(units, network.config);
      CHECK(test::difference(out.of("layer")[index]->col(label), expected) < 1e-3);
      inputs = DenseReference::directions(units);
    }
  }
  CHECK(out.answer().isApprox(*out.of("layer")[0] + *out.of("layer")[1]));
}

TEST_CASE("only the layers that count are summed") {
  Config config = test::small_config();
  config.first_counted_layer = 2;
  const Scores out = test::read_first(trained(config), *kUnseen, 9);
  CHECK(out.of("layer").size() == 2);
  CHECK(out.answer() == *out.of("layer")[1]);
  config.first_counted_layer = 1;
  config.last_counted_layer = 1;
  const Scores first = test::read_first(trained(config), *kUnseen, 9);
  CHECK(first.answer() == *first.of("layer")[0]);
  CHECK(*first.of("upto")[1] == first.answer());
}

TEST_CASE("the one-pass softmax gives probabilities") {
  const Scores out = test::read_first(trained(test::small_config()), *kUnseen, 9);
  CHECK(out.of("softmax")[0]->rows() == 9);
  CHECK(out.of("softmax")[0]->minCoeff() >= 0.0F);
  CHECK(out.of("softmax")[0]->rowwise().sum().isApprox(Vector::Ones(9), 1e-5F));
}

TEST_CASE("a net without a softmax reads by goodness alone") {
  Config config = test::small_config();
  config.softmax_rate = 0.0;
  const Scores out = test::read_first(trained(config), *kUnseen, 9);
  CHECK(out.of("softmax").empty());
  CHECK(out.answer().rows() == 9);
}

TEST_CASE("the softmax looks at every place within reach, goodness where the image is") {
  Network network = trained(test::small_config());
  const auto data = blobs(20, 5);
  const Matrix expected = softmax_of_nine_places(network, *data);
  const Scores here = test::read_first(network, *data, 4);
  network.config.softmax_shift = 1;
  const Scores out = read_out(network, *data, kFirstFour);
  CHECK(out.of("softmax")[0]->isApprox(expected, 1e-5F));
  CHECK_FALSE(out.of("softmax")[0]->isApprox(*here.of("softmax")[0], 1e-2F));
  CHECK(out.answer() == here.answer());
  CHECK(*out.of("layer")[0] == *here.of("layer")[0]);
  std::int64_t wrong = 0;
  for (const std::uint32_t row : kFirstFour)
    wrong += expected(row, data->labels[row]) < expected.row(row).maxCoeff() ? 1 : 0;
  CHECK(evaluate(network, *data, 0, 4).errors("softmax") == wrong);
}

TEST_CASE("a net that is read by its softmax alone looks around as well") {
  Config config = test::small_config();
  config.rule = "backprop_label";
  Network network = trained(config);
  const auto data = blobs(20, 5);
  const Matrix expected = softmax_of_nine_places(network, *data);
  network.config.softmax_shift = 1;
  CHECK(read_out(network, *data, kFirstFour).answer().isApprox(expected, 1e-5F));
}

TEST_CASE(
    "a goodness for every class looks around as well, and at mirrored images where it learnt from "
    "them") {
  const double flips = GENERATE(0.0, 0.5);
  Config config = test::small_config();
  config.rule = "class_goodness";
  config.flips = flips;
  Network network = trained(config);
  const auto data = blobs(20, 5);
  Matrix sum = Matrix::Zero(4, test::kClasses);
  for (int down = -1; down <= 1; ++down)
    for (int right = -1; right <= 1; ++right)
      for (const bool mirrored : {false, true})
        if (flips > 0.0 || !mirrored)
          sum += test::read_first(network, moved(*data, down, right, mirrored), 4).answer();
  network.config.softmax_shift = 1;
  const Matrix expected = sum / (flips > 0.0 ? 18.0F : 9.0F);
  CHECK(read_out(network, *data, kFirstFour).answer().isApprox(expected, 1e-5F));
}

TEST_CASE("without a softmax there is nothing to look around with") {
  Config config = test::small_config();
  config.softmax_rate = 0.0;
  config.softmax_shift = 1;
  const Scores out = read_out(trained(config), *blobs(20, 5), kFirstFour);
  CHECK(out.of("softmax").empty());
  CHECK(out.answer().rows() == 4);
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
  CHECK(sum.answers == whole.answers);
  REQUIRE(whole.tallies.size() == 6);
  for (std::size_t which = 0; which < 6; ++which)
    CHECK(sum.tallies[which].errors == whole.tallies[which].errors);
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
  REQUIRE(all.tallies.size() == 6);
  CHECK(all.errors("layer", 0) < 20);
  CHECK(all.errors("layer", 1) > 40);
  CHECK(all.errors("upto", 0) == all.errors("layer", 0));
  CHECK(all.errors("upto", 1) == all.errors());
  CHECK(all.errors() > all.errors("layer", 0));

  network.config.first_counted_layer = 2;
  network.softmax = {};
  const Evaluation second = evaluate(network, *data, 0, data->count());
  CHECK(second.errors("layer", 0) == all.errors("layer", 0));
  CHECK(second.errors("upto", 1) == second.errors("layer", 1));
  CHECK(second.errors() == second.errors("layer", 1));
  // Nothing counted says 0 for every image.
  CHECK(second.errors("upto", 0) == std::count_if(data->labels.begin(), data->labels.end(),
                                                  [](int label) { return label != 0; }));
}

TEST_CASE("answers are those of the score that is first") {
  const Network network = trained(test::small_config());
  const Scores out = test::read_first(network, *kUnseen, 40);
  const Evaluation evaluation = evaluate(network, *kUnseen, 0, 40);
  std::int64_t wrong = 0;
  for (std::size_t image = 0; image < 40; ++image) {
    const int answer = best_class(out.answer(), static_cast<Eigen::Index>(image));
    CHECK(evaluation.answers[image] == answer);
    wrong += answer != kUnseen->labels[image] ? 1 : 0;
  }
  CHECK(evaluation.errors() == wrong);
  CHECK(std::abs(evaluation.error() - static_cast<double>(wrong) / 40) < 1e-12);
}

TEST_CASE(
    "whatever the read-out, it has a score for every image and class under each of its names") {
  Config without_labels = test::small_config();
  without_labels.negatives = "hybrid";
  Config without_softmax = test::small_config();
  without_softmax.softmax_rate = 0.0;
  for (const Config& config : {test::small_config(), without_labels, without_softmax}) {
    const Network network = trained(config);
    const Scores out = test::read_first(network, *kUnseen, 7);
    REQUIRE_FALSE(out.names.empty());
    REQUIRE(out.names.size() == out.values.size());
    std::set<std::pair<std::string_view, int>> names;
    for (std::size_t which = 0; which < out.names.size(); ++which) {
      names.insert({out.names[which].name, out.names[which].layer});
      CHECK((out.values[which].rows() == 7 && out.values[which].cols() == test::kClasses));
      CHECK(out.values[which].allFinite());
      if (out.names[which].probabilities)
        CHECK(out.values[which].rowwise().sum().isApprox(Vector::Ones(7), 1e-5F));
    }
    CHECK(names.size() == out.names.size());
  }
}

TEST_CASE("a net is read otherwise than it was trained, without another training") {
  const Network network = trained(test::small_config());
  const Scores as_trained = test::read_first(network, *kUnseen, 9);
  const Scores later = test::read_first(
      network, *kUnseen, 9,
      Reading{.first_counted_layer = 2, .last_counted_layer = 9, .softmax_shift = 0});
  CHECK(as_trained.answer().isApprox(*as_trained.of("layer")[0] + *as_trained.of("layer")[1]));
  CHECK(later.answer() == *later.of("layer")[1]);
  CHECK(*later.of("softmax")[0] == *as_trained.of("softmax")[0]);
}

TEST_CASE("images without any ink and layers without any activity are read without NaN") {
  Network network = trained(test::small_config());
  network.layers[0].weights = Parameter(64, 24);
  network.layers[0].bias.flat().setConstant(-1.0F);
  const Scores out = read_image(network, std::vector<std::uint8_t>(64, 0));
  CHECK(out.answer().allFinite());
  CHECK(out.of("softmax")[0]->allFinite());
}

}  // namespace ff
