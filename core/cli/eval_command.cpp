#include <iostream>
#include <memory>
#include <utility>

#include "command.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/model_file.hpp"
#include "ff/threads.hpp"
#include "judge.hpp"
#include "progress.hpp"
#include "reading_flags.hpp"
#include "text.hpp"
#include "train_output.hpp"

namespace ff::cli {
namespace {

struct EvalOptions {
  std::string model, data;
  std::string split = "test";
  int threads = 1;
  bool json = false;
  ReadingFlags flags;
};

void print_json(const EvalOptions& options, const Network& network, const Evaluation& evaluation,
                double seconds) {
  const Reading reading = options.flags.reading(network);
  Json json = {{"model", options.model},
               {"dataset", network.config.dataset},
               {"first_counted_layer", reading.first_counted_layer},
               {"last_counted_layer", reading.last_counted_layer},
               {"softmax_shift", reading.softmax_shift},
               {options.split + "_images", evaluation.images},
               {options.split + "_error", evaluation.error()}};
  add_errors(evaluation, json);
  if (evaluation.clear) json["clear"] = evaluation.rate(*evaluation.clear);
  json["seconds"] = seconds;
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

void print_text(const EvalOptions& options, const Network& network, const Evaluation& evaluation,
                double seconds) {
  std::cout << options.model << " on the " << with_commas(evaluation.images) << " " << options.split
            << " images of " << network.config.dataset << ", in " << duration(seconds) << ":\n";
  for (const auto& [score, errors] : evaluation.tallies)
    std::cout << "  " << left(score.title, 28) << right(percent(evaluation.rate(errors)), 8)
              << right(with_commas(errors), 8) << " wrong\n";
  if (evaluation.clear)
    std::cout << "  " << left("not doubted", 28)
              << right(percent(evaluation.rate(*evaluation.clear)), 8)
              << right(with_commas(*evaluation.clear), 8) << "\n";
  std::cout << std::flush;
}

JudgedImages images_of(const EvalOptions& options, const Network& network) {
  if (options.split == "test")
    return test_images(load_fitting(options.data, network, Split::kTest));
  if (options.split == "validation" && network.config.validation_images == 0)
    throw Error("--split: this net learnt with none held out, expected test or train.");
  auto data = load_fitting(options.data, network, Split::kTrain);
  const std::size_t count = data->count();
  if (options.split == "validation") {
    if (std::cmp_less(count, network.config.validation_images))
      throw Error("--data: there are fewer images to train on than this net had held out.");
    return held_out_images(network.config, std::move(data));
  }
  return {.split = options.split, .data = std::move(data), .first = 0, .count = count};
}

int eval(const EvalOptions& options) {
  const Network network = load_model(path_of(options.model)).network;
  const JudgedImages images = images_of(options, network);
  const Stopwatch stopwatch;
  Progress progress(options.json ? Progress::Elsewhere::kSilent : Progress::Elsewhere::kLines);
  const auto evaluation = judge(
      network, images,
      [&](std::size_t done) {
        const double share = static_cast<double>(done) / static_cast<double>(images.count);
        const double seconds_left = stopwatch.seconds() * (1.0 - share) / share;
        progress.show(share, with_commas(static_cast<std::int64_t>(done)) + " images",
                      duration(seconds_left) + " left");
        return true;
      },
      options.flags.reading(network));
  progress.clear();
  (options.json ? print_json : print_text)(options, network, *evaluation, stopwatch.seconds());
  return 0;
}

}  // namespace

Command eval_command(CLI::App& program) {
  CLI::App* app = program.add_subcommand("eval", "Judge a trained model on a whole data set");
  const auto options = std::make_shared<EvalOptions>();
  app->add_option("MODEL", options->model, "A model or checkpoint that ff train wrote")->required();
  add_data_option(*app, options->data);
  add_threads_option(*app, options->threads);
  app->add_option("--split", options->split,
                  "Which images: test (default), train, or validation, those held out in training")
      ->check(CLI::IsMember({"test", "train", "validation"}))
      ->type_name("SPLIT");
  options->flags.add_to(*app);
  app->add_flag("--json", options->json, "Print one JSON object instead: see below");
  app->footer(
      "Fields of --json, errors as shares of images, 0 to 1:\n"
      "  model          its file\n"
      "  dataset        the data set it was trained on and is judged on\n"
      "  first_counted_layer, last_counted_layer, softmax_shift  how it was read\n"
      "  test_images    how many were judged; train_images with --split train, and so on\n"
      "  test_error     best goodness at a wrong label, or without labels in the images best\n"
      "                 probability; train_error and validation_error likewise\n"
      "  goodness_error best goodness of the layers that count, summed, at a wrong label\n"
      "  softmax_error  best probability of the one-pass softmax at a wrong label\n"
      "  layer_errors   best goodness of each layer alone at a wrong label\n"
      "  upto_errors    the same of the counted layers up to each together\n"
      "  clear          images whose answer is not doubted; left out where the net has no "
      "thresholds\n"
      "  seconds        that it took\n\n"
      "Examples:\n"
      "  ff eval model.safetensors --split train\n"
      "  ff eval model.safetensors --softmax-shift 1 --first-counted-layer 2");
  return {app, [options] {
            set_thread_count(options->threads);
            return eval(*options);
          }};
}

}  // namespace ff::cli
