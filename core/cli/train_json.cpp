#include <iostream>

#include "ff/fields.hpp"
#include "ff/threads.hpp"
#include "kernels.hpp"
#include "train_output.hpp"

namespace ff::cli {
namespace {

class JsonOutput : public TrainOutput {
 public:
  void start(const Trainer& trainer, const std::vector<JudgedImages>& judged) override {
    split_ = judged.front().split;
    const Config& config = trainer.network().config;
    print({{"event", "start"},
           {"config", to_json(config)},
           {"seed", config.seed},
           {"threads", thread_count()},
           {"kernels", kernels::chosen().name},
           {"parameters", parameters(trainer.network())},
           {"train_images", trainer.train_count()},
           {split_ + "_images", judged.front().count},
           {"step", trainer.state().step},
           {"steps", trainer.steps()}});
  }

  void epoch(const EpochResult& result) override {
    const Report& report = result.report;
    Json json = {{"event", "epoch"}, {"epoch", epochs_done(report)}, {"step", report.step}};
    add_errors(result, json);
    if (result.has_losses) {
      for (const LayerReport& layer : report.layers) {
        json["loss"].push_back(layer.loss);
        json["pair_error"].push_back(layer.pair_error);
      }
      json["images_per_second"] = result.images_per_second;
    }
    json["learning_rate"] = report.learning_rate;
    json["seconds"] = result.seconds;
    print(json);
  }

  void done(const EpochResult& last, const std::filesystem::path& model) override {
    Json json = {
        {"event", "done"}, {"epoch", epochs_done(last.report)}, {"step", last.report.step}};
    add_errors(last, json);
    json["seconds"] = last.seconds;
    if (!model.empty()) json["model"] = model.string();
    print(json);
  }

  void interrupted(const Report& report, const std::filesystem::path& checkpoint,
                   const std::string& resume) override {
    print({{"event", "interrupted"},
           {"epoch", report.epoch},
           {"step", report.step},
           {"checkpoint", checkpoint.string()},
           {"resume", resume}});
  }

 private:
  static std::int64_t epochs_done(const Report& report) {
    return static_cast<std::int64_t>(report.epoch);
  }

  void add_errors(const EpochResult& result, Json& json) const {
    if (result.evaluations.empty()) return;
    const Evaluation& evaluation = result.evaluations.front();
    json[split_ + "_error"] = evaluation.error();
    cli::add_errors(evaluation, json);
  }

  // A line at a time, so that whoever reads along sees each as it happens.
  static void print(const Json& json) {
    std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  }

  std::string split_;
};

}  // namespace

std::unique_ptr<TrainOutput> json_output() { return std::make_unique<JsonOutput>(); }

std::string json_output_help() {
  return "Fields of --json, an object a line; errors are shares of images, 0 to 1:\n"
         "  event          start, epoch, done or interrupted\n"
         "start:\n"
         "  config, seed   every config field of the run, and its seed\n"
         "  threads, kernels   that it is computed with\n"
         "  parameters     weights and biases, the softmax too\n"
         "  train_images   images trained on\n"
         "  test_images    images judged; validation_images when validating\n"
         "  step, steps    minibatches done, and in the whole run\n"
         "epoch:\n"
         "  epoch, step    epochs and minibatches done\n"
         "  test_error     best goodness at a wrong label; validation_error if validating\n"
         "  goodness_error best goodness of the layers that count, summed, at a wrong label\n"
         "  softmax_error  best probability of the one-pass softmax at a wrong label\n"
         "  layer_errors   best goodness of each layer alone at a wrong label\n"
         "  upto_errors    the same of the counted layers up to each together\n"
         "  loss           of each layer, in the last 20 minibatches\n"
         "  pair_error     of each layer: share of negatives not below their positive\n"
         "  learning_rate  after its decay\n"
         "  images_per_second, seconds   in training; since the command began\n"
         "done: epoch, step, the errors of the last epoch, seconds, model (its file)\n"
         "interrupted: epoch, step, checkpoint (its file), resume (the command to go on)";
}

void add_errors(const Evaluation& evaluation, Json& json) {
  for (const auto& [score, errors] : evaluation.tallies) {
    const std::string name = std::string(score.name) + "_error";
    if (score.layer < 0)
      json[name] = evaluation.rate(errors);
    else
      json[name + "s"].push_back(evaluation.rate(errors));
  }
}

std::int64_t parameters(const Network& network) {
  std::int64_t count = 0;
  each_parameter([&](const ParameterPlace&, const Parameter& one) { count += one.size(); },
                 network);
  return count;
}

}  // namespace ff::cli
