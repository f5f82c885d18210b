#include "training.hpp"

#include "ff/error.hpp"
#include "ff/rule.hpp"
#include "ff/threads.hpp"
#include "peak.hpp"
#include "request.hpp"
#include "timing.hpp"

namespace ff::bench {
namespace {

// The plainest forward-forward, or the plainest of those that have a goodness for every class,
// which is what other programs are compared by.
Config config_of(const Json& request) {
  Json config =
      request.contains("rule")
          ? Json{{"rule", one_of(request, "rule", {"class_goodness"})}, {"normalisation", "batch"}}
          : Json{{"goodness", "sum_of_squares"},
                 {"objective", "logistic"},
                 {"negatives", "uniform"},
                 {"softmax_rate", 0.0}};
  config.update({{"sharpness", 1.0}, {"optimiser", "adam"}, {"shift", 0}, {"epochs", 100'000}});
  for (const char* name : {"layers", "batch"})
    if (request.contains(name)) config[name] = request[name];
  return config_from_json(config);
}

// A positive and its negative share layer 1's product with their image, and its gradient; later
// layers see both.
double of_pairs(const Network& network) {
  double products = 0.0;
  for (const Layer& layer : network.layers)
    products += 2.0 * static_cast<double>(layer.weights.size()) * (products == 0.0 ? 1.0 : 2.0);
  return products;
}

// Every weight in all places where it is used, and its gradient; so the projection on classes,
// whose gradient goes to the layer, too.
double of_classes(const Network& network) {
  double products = 0.0;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const Layer& layer = network.layers[index];
    const Eigen::Index places = layer.fields.count() / layer.fields.sets();
    products += 2.0 * static_cast<double>(layer.weights.size() * places);
    products += 3.0 * static_cast<double>(network.softmax.weights[index].size());
  }
  return products;
}

// A multiplication and an addition each.
double operations_an_image(const Network& network) {
  return 2.0 * (rule(network.config.rule).by_classes ? of_classes(network) : of_pairs(network));
}

}  // namespace

Trainer& Training::trainer(const Config& config) {
  if (config_ != config) {
    trainer_.reset();  // so that no two are in memory
    trainer_ = std::make_unique<Trainer>(config, images_(Split::kTrain));
    config_ = config;
  }
  return *trainer_;
}

Json Training::measure(const Json& request) {
  const double budget = seconds(request);
  const Config config = config_of(request);
  const int threads = whole_number(request, "threads", 1, kMostThreads);
  set_thread_count(threads);
  Trainer& run = trainer(config);
  int steps = 0;
  const Timed time = timed(
      budget,
      [&] {
        run.step();
        ++steps;
      },
      peak_now);
  const double operations = 1e-9 * config.batch * operations_an_image(run.network());
  const Report report = run.report();
  return {{"images_per_second", config.batch / time.seconds},
          {"gflops", operations / time.seconds},
          {"share", operations / time.peaks / threads},
          {"steps", steps},
          {"activity_bytes", report.activity_bytes},
          {"backprop_bytes", report.backprop_bytes}};
}

}  // namespace ff::bench
