#include <iostream>
#include <memory>
#include <optional>
#include <set>

#include "command.hpp"
#include "config_flags.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "ff/memory.hpp"
#include "ff/model_file.hpp"
#include "ff/presets.hpp"
#include "ff/threads.hpp"
#include "file_lock.hpp"
#include "interrupt.hpp"
#include "record.hpp"
#include "text.hpp"
#include "train_run.hpp"

namespace ff::cli {
namespace {

// The options that an interrupted run is resumed with.
const std::string kRunGroup = "Run";
const std::string kDefaultCheckpoint = "ff-checkpoint.safetensors";
constexpr auto kEnding = ".safetensors";

constexpr auto kExamples =
    "\n\nExamples:\n"
    "  ff train --preset supervised --out model.safetensors\n"
    "  ff train --layers 1000,1000 --validation-images 10000 --json\n"
    "  ff train --resume model.checkpoint.safetensors --out model.safetensors\n\n"
    "Ctrl-C ends the minibatch, keeps a checkpoint and says how to go on; a second one\n"
    "quits at once. So do SIGTERM and a terminal that is closed. With its output cut off, as\n"
    "by | head, a run goes on to its end.";

struct TrainOptions {
  std::string preset, config_file, data, model, checkpoint, resume;
  int checkpoint_every = 1;
  int eval_every = 1;
  int threads = 1;
  bool half = false;
  bool json = false;
  ConfigFlags flags{};
};

// Those of a JSON object.
void set_fields(Config& config, const std::vector<std::uint8_t>& text) {
  std::set<std::string> names;
  const auto watch = [&](int depth, Json::parse_event_t event, const Json& key) {
    if (depth == 1 && event == Json::parse_event_t::key && !names.insert(key).second)
      throw Error("the field " + key.dump() + " is given twice.");
    return true;
  };
  const Json json = Json::parse(text.begin(), text.end(), watch, false);
  if (!json.is_object()) throw Error("expected a JSON object of config fields.");
  for (const auto& [name, value] : json.items()) set_field(config, name, value);
}

// Defaults, then the preset, then the file, then the flags; each has the last word over those
// before.
Config wanted_config(const TrainOptions& options) {
  Config config;
  if (!options.preset.empty()) config = preset(options.preset).config;
  if (!options.config_file.empty()) {
    try {
      set_fields(config, read_file(path_of(options.config_file)));
    } catch (const Error& error) {
      fail_file(options.config_file, error.what());
    }
  }
  options.flags.apply(config);
  check(config);
  std::cerr << options.flags.without_effect(config);
  return config;
}

SavedModel saved_run(const TrainOptions& options) {
  if (!options.preset.empty() || !options.config_file.empty())
    throw Error(
        "--resume: cannot be given with --preset or --config, the run goes on with its own "
        "config.");
  options.flags.check_live();
  SavedModel saved = load_model(path_of(options.resume));
  if (!saved.resumable)
    fail_file(options.resume, "this is a model and no checkpoint, so its run cannot be resumed.");
  return saved;
}

JudgedImages judged_images(const TrainOptions& options, const Network& network,
                           std::shared_ptr<const Dataset> training) {
  if (network.config.validation_images > 0)
    return held_out_images(network.config, std::move(training));
  return test_images(load_fitting(options.data, network, Split::kTest));
}

// "net.safetensors" → "net.checkpoint.safetensors"; of no other name is an ending cut off, it may
// be what tells "net-0.001" from "net-0.002".
std::filesystem::path beside(const std::filesystem::path& model) {
  std::filesystem::path name = model.extension() == kEnding ? model.stem() : model.filename();
  name += ".checkpoint";
  name += kEnding;
  return model.parent_path() / name;
}

// No other run may write the files of this one meanwhile. A checkpoint that nobody asked for gives
// way to what is there, unless that is what this run goes on from.
std::vector<FileLock> locks(const TrainOptions& options, TrainFiles& files) {
  std::vector<FileLock> held;
  if (!files.model.empty()) held.push_back(lock(files.model));
  held.push_back(options.checkpoint.empty() ? reserve(files.checkpoint, options.resume)
                                            : lock(files.checkpoint));
  return held;
}

TrainFiles files(const TrainOptions& options) {
  TrainFiles files{.model = options.model,
                   .model_type = options.half ? TensorType::kF16 : TensorType::kF32};
  if (!options.checkpoint.empty()) {
    files.checkpoint = options.checkpoint;
    files.checkpoint_epochs = options.checkpoint_every;
  } else {
    files.checkpoint =
        files.model.empty() ? std::filesystem::path(kDefaultCheckpoint) : beside(files.model);
  }
  if (!files.model.empty() && real_path(files.checkpoint) == real_path(files.model))
    throw Error("--checkpoint: expected another file than --out, the model would overwrite it.");
  if (!options.model.empty()) check_writable(files.model);
  if (!options.checkpoint.empty()) check_writable(files.checkpoint);
  return files;
}

int run(const TrainOptions& options, TrainFiles files, Trainer trainer,
        std::shared_ptr<const Dataset> training) {
  const JudgedImages judged = judged_images(options, trainer.network(), std::move(training));
  Progress progress(options.json ? Progress::Elsewhere::kSilent : Progress::Elsewhere::kLines);
  const auto output = options.json ? json_output() : text_output();
  catch_interrupts();
  const auto held = locks(options, files);
  return TrainRun(trainer, {judged}, {.every = options.eval_every}, files, *output, progress).run();
}

int start(const TrainOptions& options, const TrainFiles& files) {
  const Config config = wanted_config(options);
  auto training = load_split(options.data, config.dataset, Split::kTrain);
  check_memory(config, training->shape, training->classes.size(), machine_memory());
  return run(options, files, Trainer(config, training), training);
}

int resume(const TrainOptions& options, const TrainFiles& files) {
  SavedModel saved = saved_run(options);
  Config config = saved.network.config;
  options.flags.apply(config);
  auto training = load_split(options.data, config.dataset, Split::kTrain);
  Trainer trainer = resumed(std::move(saved), training, options.resume);
  trainer.adjust(config);
  return run(options, files, std::move(trainer), std::move(training));
}

// What the user says to go on: the same again, but for what the checkpoint knows.
std::string resume_command(const CLI::App& command, const std::string& invocation,
                           const std::string& checkpoint) {
  std::string text = invocation + " train --resume " + shell_quoted(checkpoint);
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() == 0 || option->get_group() != kRunGroup) continue;
    text.append(" ").append(option->get_name());
    if (option->get_items_expected_max() > 0)
      text.append(" ").append(shell_quoted(option->as<std::string>()));
  }
  return text;
}

void add_options(CLI::App& command, TrainOptions& options) {
  const auto file = [&](const char* flag, std::string& target, const std::string& help) {
    return command.add_option(flag, target, help)->type_name("FILE");
  };
  const auto epochs = [&](const char* flag, int& target, const std::string& help) {
    return command.add_option(flag, target, help)->check(CLI::Range(1, 100'000))->type_name("N");
  };
  command.add_option("--preset", options.preset, "Start from a named experiment: see ff presets")
      ->type_name("NAME");
  file("--config", options.config_file,
       "Config fields as a JSON object: see ff schema. It overrides the preset, and flags override "
       "it");
  file("--resume", options.resume,
       "Go on from a checkpoint, to the same result as if it had never been interrupted");

  command.option_defaults()->group(kRunGroup);
  add_data_option(command, options.data);
  file("--out", options.model, "Write the trained model there, as safetensors");
  command.add_flag("--half", options.half, "Write the model's numbers in 16 bits instead of 32");
  auto* checkpoint =
      file("--checkpoint", options.checkpoint,
           "Keep a checkpoint there while training. Without it only an interrupted "
           "run is kept: beside --out, or in " +
               kDefaultCheckpoint + ", with a number to its name where there is another run's");
  epochs("--checkpoint-every", options.checkpoint_every, "Epochs between checkpoints (default 1)")
      ->needs(checkpoint);
  epochs("--eval-every", options.eval_every,
         "Epochs between judgings (default 1); the last epoch is always judged");
  add_threads_option(command, options.threads);
  command.add_flag("--json", options.json, "Print a JSON object a line instead: see below");
  options.flags.add_to(command);
}

}  // namespace

Command train_command(CLI::App& program, const std::string& invocation) {
  CLI::App* app = program.add_subcommand("train", "Train a net and judge it after every epoch");
  const auto options = std::make_shared<TrainOptions>();
  add_options(*app, *options);
  app->footer(json_output_help() + kExamples);
  return {app, [app, invocation, options] {
            set_thread_count(options->threads);
            TrainFiles kept = files(*options);
            kept.resume_command = [&](const std::filesystem::path& checkpoint) {
              return resume_command(*app, invocation, checkpoint.string());
            };
            return options->resume.empty() ? start(*options, kept) : resume(*options, kept);
          }};
}

}  // namespace ff::cli
