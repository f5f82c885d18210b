#include <memory>
#include <optional>

#include "command.hpp"
#include "config_flags.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "ff/model_file.hpp"
#include "ff/presets.hpp"
#include "interrupt.hpp"
#include "text.hpp"
#include "train_run.hpp"

namespace ff::cli {
namespace {

struct TrainOptions {
  explicit TrainOptions(CLI::App& command) : flags(command) {}

  std::string preset, config_file, data, model, checkpoint, resume;
  int checkpoint_every = 1;
  int eval_every = 1;
  bool half = false;
  bool json = false;
  ConfigFlags flags;
};

// Defaults, then the preset, then the file, then the flags; each has the last word over those
// before.
Config wanted_config(const TrainOptions& options) {
  Config config;
  if (!options.preset.empty()) config = preset(options.preset).config;
  if (!options.config_file.empty()) {
    const auto bytes = read_file(options.config_file);
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object())
      fail_file(options.config_file, "expected a JSON object of config fields.");
    for (const auto& [name, value] : json.items()) set_field(config, name, value);
  }
  options.flags.apply(config);
  check(config);
  return config;
}

std::shared_ptr<const Dataset> load(const TrainOptions& options, const Config& config,
                                    Split split) {
  return std::make_shared<Dataset>(load_dataset(data_folder(options.data), config.dataset, split));
}

SavedModel resumed_model(const TrainOptions& options) {
  if (!options.preset.empty() || !options.config_file.empty())
    throw Error(
        "--resume: cannot be given with --preset or --config, the run goes on with its own "
        "config.");
  options.flags.check_live();
  SavedModel saved = load_model(read_file(options.resume), options.resume);
  if (!saved.resumable)
    fail_file(options.resume, "this is a model and no checkpoint, so its run cannot be resumed.");
  return saved;
}

Trainer make_trainer(const TrainOptions& options) {
  if (options.resume.empty()) {
    const Config config = wanted_config(options);
    return {config, load(options, config, Split::kTrain)};
  }
  SavedModel saved = resumed_model(options);
  Config config = saved.network.config;
  options.flags.apply(config);
  auto data = load(options, config, Split::kTrain);
  Trainer trainer(std::move(saved.network), std::move(saved.state), std::move(data));
  trainer.adjust(config);
  return trainer;
}

JudgedImages judged_images(const TrainOptions& options, const Config& config) {
  const bool validate = config.validation_images > 0;
  auto data = load(options, config, validate ? Split::kTrain : Split::kTest);
  const std::size_t all = data->count();
  const auto count = validate ? static_cast<std::size_t>(config.validation_images) : all;
  return {.split = validate ? "validation" : "test",
          .data = std::move(data),
          .first = all - count,
          .count = count};
}

TrainFiles files(const TrainOptions& options) {
  TrainFiles files{.model = options.model,
                   .model_type = options.half ? TensorType::kF16 : TensorType::kF32};
  if (!options.checkpoint.empty()) {
    files.checkpoint = options.checkpoint;
    files.checkpoint_epochs = options.checkpoint_every;
  } else if (!files.model.empty()) {
    files.checkpoint = files.model;
    files.checkpoint.replace_extension(".checkpoint.safetensors");
  } else {
    files.checkpoint = "ff-checkpoint.safetensors";
  }
  if (files.checkpoint == files.model)
    throw Error("--checkpoint: expected another file than --out, the model would overwrite it.");
  for (const auto& path : {files.model, files.checkpoint})
    if (!path.empty()) check_writable(path);
  files.resume_command = "ff train --resume " + shell_quoted(files.checkpoint.string());
  const auto add = [&](std::string_view flag, const std::string& value) {
    if (!value.empty()) files.resume_command.append(flag).append(shell_quoted(value));
  };
  add(" --out ", options.model);
  add(" --checkpoint ", options.checkpoint);
  if (options.half) files.resume_command += " --half";
  return files;
}

int train(const TrainOptions& options) {
  const TrainFiles kept = files(options);
  Trainer trainer = make_trainer(options);
  const JudgedImages judged = judged_images(options, trainer.network().config);
  Progress progress(options.json ? Progress::Elsewhere::kSilent : Progress::Elsewhere::kLines);
  const auto output = options.json ? json_output() : text_output();
  catch_interrupts();
  return TrainRun(trainer, judged, options.eval_every, kept, *output, progress).run();
}

}  // namespace

Command train_command(CLI::App& program) {
  CLI::App* app = program.add_subcommand("train", "Train a net, judge it after every epoch");
  const auto options = std::make_shared<TrainOptions>(*app);
  add_data_option(*app, options->data);
  app->add_option("--preset", options->preset, "Start from a named experiment: see ff presets")
      ->type_name("NAME");
  app->add_option("--config", options->config_file,
                  "Config fields as a JSON object: see ff schema; they override the preset, and "
                  "flags override them")
      ->type_name("FILE");
  app->add_option("--out", options->model, "Write the trained model there, as safetensors")
      ->type_name("FILE");
  app->add_flag("--half", options->half, "Write the model's numbers in 16 bits instead of 32");
  app->add_option("--checkpoint", options->checkpoint, "Keep a checkpoint there while training")
      ->type_name("FILE");
  app->add_option("--checkpoint-every", options->checkpoint_every, "Epochs between checkpoints")
      ->needs("--checkpoint")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  app->add_option("--resume", options->resume,
                  "Go on from a checkpoint, to the same result as if never interrupted")
      ->type_name("FILE");
  app->add_option("--eval-every", options->eval_every,
                  "Epochs between judgings; the last is judged")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  app->add_flag("--json", options->json, "Print a JSON object a line");
  return {app, [options] { return train(*options); }};
}

}  // namespace ff::cli
