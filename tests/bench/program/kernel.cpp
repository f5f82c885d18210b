#include "kernel.hpp"

#include "ff/pass.hpp"
#include "ff/random.hpp"
#include "ff/threads.hpp"
#include "peak.hpp"
#include "request.hpp"
#include "timing.hpp"

namespace ff::bench {
namespace {

constexpr int kMostRows = 10'000;

// None is 0: nothing can be skipped.
Matrix positive_numbers(Eigen::Index rows, Eigen::Index columns, Random& random) {
  return Matrix::NullaryExpr(rows, columns,
                             [&] { return 0.1F + static_cast<float>(random.real()); });
}

}  // namespace

Json measure_kernel(const Json& request) {
  const std::vector<std::string> classes = class_names("mnist");
  const bool forward = one_of(request, "product", {"forward", "update"}) == "forward";
  const int rows = whole_number(request, "rows", 1, kMostRows);
  const int inputs = whole_number(request, "inputs", static_cast<int>(classes.size()), kMostRows);
  const Config config =
      config_from_json({{"layers", {inputs, whole_number(request, "units", 1, kMostRows)}},
                        {"optimiser", one_of(request, "optimiser", {"adam", "sgd"})}});
  const double budget = seconds(request);

  set_thread_count(1);
  Network network = make_network(config, {.channels = 1, .height = 4, .width = 4}, classes);
  const Layer& layer = network.layers.back();
  Random random(1, RandomUse::kWeights, 1);
  Activity below;
  below.resize(rows, inputs);
  below.units() = positive_numbers(rows, inputs, random);
  below.scale = Vector::Ones(rows);
  const PanelMatrix delta(positive_numbers(rows, layer.units(), random));
  const OptimiserStep step = optimiser_step(config, config.learning_rate, 0, 1);
  Batch images;
  images.labels.assign(static_cast<std::size_t>(rows), kNeutral);
  Pass pass;
  pass.start(images);
  pass.label_neutral();
  Activity above;
  const auto product = [&] {
    if (forward)
      pass.forward(network, 1, below, above);
    else
      pass.learn(1, below, delta, step, network);
  };
  const Timed time = timed(budget, product, peak_now);
  const double operations = 2e-9 * rows * inputs * static_cast<double>(layer.units());
  return {{"gflops", operations / time.seconds}, {"share", operations / time.peaks}};
}

}  // namespace ff::bench
