#include "ff/class_goodness.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include "ff/error.hpp"
#include "ff/threads.hpp"
#include "ff/trainer.hpp"
#include "rule_fixture.hpp"

namespace ff {
namespace {

using test::DenseReference;
using test::layer_of;
using test::names_of;
using test::Real;
using test::RuleFixture;
using test::WholeReference;

constexpr double kSlack = 2e-3;

Config by_classes(const std::string& kind) {
  Config config = test::plain_config("class_goodness");
  config.class_goodness = kind;
  if (kind != "projection") config.softmax_rate = 0.0;
  return config;
}

// Convolutions, some in groups, pooled and not, for images of 5 x 5; dense ones. Every kind and
// every normalisation meets each of them.
std::vector<LayerSpec> net(std::size_t which) {
  const std::vector<std::vector<LayerSpec>> all = {
      {layer_of("conv 3x3x12 padding 1 mean 2"), layer_of("conv 2x2x20 groups 4"), 10},
      {layer_of("conv 2x2x20 max 2"), layer_of("conv 1x1x20 groups 10"), layer_of("local 2x2x11")},
      {12, 11, 10},
  };
  return all[which % all.size()];
}

// The last layer of the span that a layer is of.
std::size_t end_of(const Network& network, std::size_t index) {
  while (!network.ends_span(index)) ++index;
  return index;
}

// What dropout made of each unit of the first step: 0, or what the others are multiplied by.
std::vector<Real> dropout_of(RuleFixture& fixture) {
  const double gain = 1.0 / (1.0 - fixture.network.config.dropout);
  std::vector<Real> factors;
  Activity above;
  Activity below;
  fixture.pass.start(fixture.batch, Learning{});
  fixture.pass.label_neutral();
  for (std::size_t index = 0; index < fixture.network.layers.size(); ++index) {
    std::swap(above, below);
    fixture.pass.forward(fixture.network, index, below, above);
    factors.emplace_back(gain * (above.units().array() != 0.0F).cast<double>());
  }
  return factors;
}

Config conv_config() {
  Config config = test::small_config();
  config.rule = "class_goodness";
  config.layers = {layer_of("conv 3x3x20 padding 1 mean 2"),
                   layer_of("conv 3x3x20 padding 1 max 2")};
  config.normalisation = "batch";
  config.sharpness = 1.0;
  config.learning_rate = 0.01;
  config.softmax_rate = 0.01;
  config.epochs = 3;
  return config;
}

}  // namespace

TEST_CASE("class goodness moves every layer by the gradient of its own span's loss") {
  const std::size_t kind = GENERATE(0, 1, 2);
  const std::size_t normalised = GENERATE(0, 1, 2, 3);
  Config config = by_classes(names_of(class_goodnesses()).at(kind));
  config.normalisation = names_of(normalisations()).at(normalised);
  config.layers = net(kind + normalised);
  config.span = static_cast<int>((kind + normalised) % 3) + 1;
  CAPTURE(test::in_words(config));
  RuleFixture fixture(config, 4);
  const std::vector<Matrix> gradient = fixture.gradient();
  std::size_t which = 0;
  each_parameter(
      [&](const ParameterPlace& place, Parameter& one) {
        const Matrix& moved = gradient[which++];
        if (place.softmax && place.is_row()) {
          CHECK(moved.isZero(0.0F));
          return;
        }
        const std::size_t last = end_of(fixture.network, place.layer);
        const Real expected = test::finite_differences(one, [&] {
          return WholeReference::class_loss(fixture.network, last, fixture.inputs(),
                                            fixture.batch.labels);
        });
        CAPTURE(place.layer, place.softmax, static_cast<int>(place.kind));
        if (expected.cwiseAbs().maxCoeff() < 1e-7)  // a bias that batch normalisation takes away
          CHECK(moved.cwiseAbs().maxCoeff() < 1e-4F);
        else
          CHECK(test::difference(moved, expected) < kSlack);
      },
      fixture.network);
}

// Enough images, of awkward sizes: grids of odd sides with and without padding, part of a panel.
RuleFixture many_images(std::size_t which, const std::string& units) {
  Config config = by_classes("projection");
  const std::vector<std::string> padding = {" padding 1", "", " padding 2"};
  config.layers = {layer_of(which == 1 ? "conv 1x1x8" : "conv 2x2x8 padding 1"),
                   layer_of("conv 3x3x" + units + padding[which])};
  config.normalisation = which == 0 ? "batch" : "length";
  config.activation = which == 2 ? "relu" : "student_t";
  return {config, 17};
}

TEST_CASE("convolutions of many images, by fewer multiplications, are what the formulas say") {
  RuleFixture fixture = many_images(GENERATE(0, 1, 2), "35");
  const Config& config = fixture.network.config;
  CAPTURE(test::in_words(config));
  const Layer& layer = fixture.network.layers[1];
  Activity below;
  Activity above;
  fixture.pass.start(fixture.batch, Learning{});
  fixture.pass.label_neutral();
  fixture.pass.forward(fixture.network, 0, below, below);
  fixture.pass.forward(fixture.network, 1, below, above);
  const Real inputs = DenseReference::all_inputs(fixture.network, fixture.inputs())[1];
  const Real units = DenseReference::activity(layer, inputs, config.activation);
  CHECK(test::difference(above.units(), units) < 1e-5);
  CHECK(test::difference(above.square_sum, units.rowwise().squaredNorm()) < 1e-5);
}

TEST_CASE("the gradient of convolutions of many images is that of the formulas") {
  RuleFixture fixture = many_images(GENERATE(0, 1), "3");
  CAPTURE(test::in_words(fixture.network.config));
  const std::vector<Matrix> gradient = fixture.gradient();
  Parameter& weights = fixture.network.layers[1].weights;
  const Real expected = test::finite_differences(weights, [&] {
    return WholeReference::class_loss(fixture.network, 1, fixture.inputs(), fixture.batch.labels);
  });
  CHECK(test::difference(gradient[2], expected) < kSlack);
}

TEST_CASE("units that drop out are silent, and others make up for them in the gradient, too") {
  Config config = by_classes(GENERATE("projection", "mean"));
  config.layers = net(1);
  config.span = 2;
  config.dropout = 0.25;
  config.activation = GENERATE("relu", "leaky_relu");
  CAPTURE(test::in_words(config));
  RuleFixture fixture(config, 4);
  const std::vector<Matrix> gradient = fixture.gradient();
  const std::vector<Real> dropout = dropout_of(fixture);
  const std::vector<Real> expected = test::slopes(fixture.network, [&] {
    return WholeReference::class_loss(fixture.network, 1, fixture.inputs(), fixture.batch.labels,
                                      dropout);
  });
  // The parameters of the first two layers, the span of that loss.
  for (std::size_t which = 0; which < 4; ++which)
    CHECK(test::difference(gradient[which], expected[which]) < kSlack);
}

TEST_CASE("a quarter of the units drops out while a net learns, others each time, and none after") {
  Config config = test::small_config();
  config.rule = "class_goodness";
  config.softmax_rate = 0.01;
  config.dropout = 0.25;
  config.layers = {400};
  const auto data = test::blobs(100);
  Network network = make_network(config, data->shape, data->classes);
  network.layers[0].bias.flat().setConstant(100.0F);
  Batch batch;
  fill_batch(*data, std::vector<std::uint32_t>{0, 1, 2, 3, 4}, network.format, batch);
  Pass pass;
  const auto silent = [&](const std::optional<Learning>& learning) {
    Activity activity;
    pass.start(batch, learning);
    pass.label_neutral();
    pass.forward(network, 0, activity, activity);
    return Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>(activity.units().array() == 0.0F);
  };
  const auto first = silent(Learning{.step = 1});
  CHECK(std::abs(first.cast<double>().mean() - 0.25) < 0.05);
  CHECK((first == silent(Learning{.step = 1})).all());
  CHECK((first != silent(Learning{.step = 2})).any());
  CHECK((first.row(0) != first.row(1)).any());
  CHECK_FALSE(silent({}).any());
}

TEST_CASE("backprop carries its gradient through pooling and normalisation") {
  Config config = test::plain_config("backprop_label");
  const std::size_t normalised = GENERATE(0, 1, 2, 3);
  config.normalisation = names_of(normalisations()).at(normalised);
  config.layers = net(normalised);
  CAPTURE(test::in_words(config));
  RuleFixture fixture(config, 4);
  const std::vector<Matrix> gradient = fixture.gradient();
  const std::vector<Real> expected = test::slopes(fixture.network, [&] {
    return WholeReference::cross_entropy(fixture.network, fixture.inputs(), fixture.batch.labels);
  });
  for (std::size_t index = 0; index < expected.size(); ++index)
    if (expected[index].cwiseAbs().maxCoeff() > 1e-7)
      CHECK(test::difference(gradient[index], expected[index]) < kSlack);
}

TEST_CASE("what is read of an image does not depend on those it is read with") {
  const auto data = test::blobs(200);
  Trainer trainer(conv_config(), data);
  while (!trainer.finished()) trainer.step();
  const Scores together = test::read_first(trainer.network(), *data, 20);
  const Scores alone = test::read_first(trainer.network(), *data, 1);
  CHECK(together.answer().row(0).isApprox(alone.answer().row(0), 1e-4F));
  CHECK(together.of("layer").size() == 2);
}

TEST_CASE("convolutions learn by class goodness, the same on any number of threads") {
  Config config = conv_config();
  config.class_goodness = GENERATE("projection", "squares", "mean");
  if (config.class_goodness != "projection") config.softmax_rate = 0.0;
  if (config.class_goodness == "mean") config.sharpness = 10.0;
  const auto data = test::blobs(200);
  const auto trained = [&](int threads) {
    set_thread_count(threads);
    Trainer trainer(config, data);
    while (!trainer.finished()) trainer.step();
    set_thread_count(1);
    return trainer.network();
  };
  const Network together = trained(available_threads() == 1 ? 1 : 3);
  CHECK(test::same_parameters(together, trained(1)));
  const auto unseen = test::blobs(100, 99);
  CHECK(evaluate(together, *unseen, 0, unseen->count()).error() < 0.3);
}

TEST_CASE("what cannot go together with class goodness is refused by name") {
  const auto refused = [](const Config& config) {
    try {
      check(config);
      make_network(config, {.channels = 1, .height = 8, .width = 8}, class_names("mnist"));
    } catch (const Error& fault) {
      return std::string(fault.what());
    }
    return std::string();
  };
  Config config = by_classes("squares");
  config.layers = {9};
  CHECK(
      refused(config) ==
      "layers: layer 1 has 9 units at a place for 10 classes to share; expected as many or more.");
  config = by_classes("squares");
  config.softmax_rate = 0.1;
  CHECK(refused(config) ==
        "softmax_rate: expected 0 with class_goodness squares, which learns no projection.");
  config = by_classes("projection");
  config.softmax_rate = 0.0;
  CHECK(refused(config) ==
        "class_goodness: a projection is learnt with softmax_rate, which must be above 0.");
  config = by_classes("projection");
  config.span = 2;
  config.black_box = 1;
  CHECK(refused(config) ==
        "black_box: expected 0 with a span above 1, whose loss needs derivatives of every layer.");
  config = test::plain_config("activity_perturbation");
  config.layers = {layer_of("conv 3x3x12 max 2")};
  CHECK(refused(config) ==
        "layers: rule activity_perturbation cannot pool; expected layers without max or mean.");
  config.rule = "forward_forward";
  config.layers = {layer_of("conv 3x3x12 groups 5")};
  CHECK(refused(config) ==
        "layers: layer 1 is divided into 5 groups; expected a divisor of its 12 units and of the 1 "
        "channels below.");
}

}  // namespace ff
