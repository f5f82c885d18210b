#include "training.hpp"

#include "ff/error.hpp"
#include "ff/threads.hpp"
#include "request.hpp"
#include "timing.hpp"

namespace ff::bench {
namespace {

// The plainest forward-forward, which is what other programs are compared by.
Config config_of(const Json& request) {
  Json config = {{"goodness", "sum_of_squares"},
                 {"objective", "logistic"},
                 {"negatives", "uniform"},
                 {"optimiser", "adam"},
                 {"shift", 0},
                 {"softmax_rate", 0.0},
                 {"epochs", 100'000}};
  for (const char* name : {"layers", "batch"})
    if (request.contains(name)) config[name] = request[name];
  return config_from_json(config);
}

// A positive and its negative share layer 1's product with their image, and its gradient; later
// layers see both. Each of these takes a multiplication and an addition a weight.
double operations_an_image(const Network& network) {
  double products = 0.0;
  for (const DenseLayer& layer : network.layers)
    products += 2.0 * static_cast<double>(layer.weights.size()) * (products == 0.0 ? 1.0 : 2.0);
  return 2.0 * products;
}

}  // namespace

Trainer& Training::trainer(const Config& config) {
  if (config_ != config) {
    trainer_.reset();  // so that no two are in memory
    trainer_ = std::make_unique<Trainer>(config, images_());
    config_ = config;
  }
  return *trainer_;
}

Json Training::measure(const Json& request) {
  constexpr double kWarmUp = 0.25;  // of the time to measure
  const double budget = seconds(request);
  const Config config = config_of(request);
  set_thread_count(whole_number(request, "threads", 1, kMostThreads));
  Trainer& run = trainer(config);

  const Stopwatch warm_up;
  do {
    run.step();
  } while (warm_up.seconds() < kWarmUp * budget);
  int steps = 0;
  const Stopwatch watch;
  do {
    run.step();
    ++steps;
  } while (watch.seconds() < budget);
  const double images_a_second = steps * config.batch / watch.seconds();
  const Report report = run.report();
  return {{"images_per_second", images_a_second},
          {"gflops", images_a_second * operations_an_image(run.network()) * 1e-9},
          {"steps", steps},
          {"activity_bytes", report.activity_bytes},
          {"backprop_bytes", report.backprop_bytes}};
}

}  // namespace ff::bench
