#include <algorithm>
#include <iostream>
#include <memory>

#include "command.hpp"
#include "config_flags.hpp"
#include "ff/error.hpp"
#include "ff/threads.hpp"
#include "reproduction.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

constexpr auto kFooter =
    "Each experiment has a record, DIR/NAME.json: its config, the machine, and of every\n"
    "seed the time, and after about 20 of the epochs the errors (of all layers, of each\n"
    "alone, of those up to each) and every layer's loss, mean goodness and entropy.\n"
    "DIR/README.md is a table of all records. Errors in records are shares of 1.\n\n"
    "Ctrl-C keeps a checkpoint in DIR; the same command again goes on from there. Runs\n"
    "whose record is finished are skipped. A record of another config is not overwritten.\n\n"
    "Examples:\n"
    "  ff reproduce --list\n"
    "  ff reproduce supervised --out results\n"
    "  ff reproduce supervised --seeds 1 --train-images 1000 --epochs 2 --out trial";

struct ReproduceOptions {
  std::vector<std::string> names;
  std::string out = "results";
  std::string data;
  int checkpoint_seconds = 120;
  int seeds = 0;
  int threads = 1;
  bool list = false;
  ConfigFlags flags{};
};

std::vector<const Preset*> experiments() {
  std::vector<const Preset*> found;
  for (const Preset& preset : presets())
    if (preset.experiment) found.push_back(&preset);
  return found;
}

const Preset& experiment(const std::string& name) {
  std::string names;
  for (const Preset* preset : experiments()) {
    if (preset->name == name) return *preset;
    names += (names.empty() ? "" : ", ") + preset->name;
  }
  throw Error("NAME: expected an experiment, one of " + names + ", got \"" + name + "\".");
}

// All of them when none is named.
std::vector<const Preset*> chosen(const ReproduceOptions& options) {
  if (options.names.empty()) return experiments();
  std::vector<const Preset*> found;
  for (const std::string& name : options.names) {
    const Preset* preset = &experiment(name);
    if (std::ranges::find(found, preset) == found.end()) found.push_back(preset);
  }
  return found;
}

std::vector<WantedExperiment> wanted(const ReproduceOptions& options) {
  std::vector<WantedExperiment> all;
  for (const Preset* preset : chosen(options)) {
    WantedExperiment one{
        .preset = preset, .config = preset->config, .seeds = preset->experiment->seeds};
    options.flags.apply(one.config);
    check(one.config);
    check(*preset->experiment, one.config);
    const auto most = static_cast<std::size_t>(options.seeds);
    if (most > 0 && one.seeds.size() > most) one.seeds.resize(most);
    all.push_back(std::move(one));
  }
  return all;
}

int list(const ReproduceOptions& options) {
  for (const auto& [preset, config, seeds] : wanted(options))
    std::cout << preset->name << ": " << preset->title << ", " << preset->summary << "\n"
              << "  published  " << preset->experiment->published << " %, "
              << preset->experiment->source << "\n"
              << "  goal       " << fixed(preset->experiment->goal, 2) << " % at most, the mean of "
              << seeds.size() << (seeds.size() == 1 ? " seed" : " seeds") << "\n";
  return 0;
}

void add_options(CLI::App& command, ReproduceOptions& options) {
  command.add_option("NAME", options.names, "Which experiments (default: all): see --list");
  command
      .add_option("--out", options.out, "The folder of records and their table (default: results)")
      ->type_name("DIR");
  add_data_option(command, options.data);
  command
      .add_option("--seeds", options.seeds,
                  "So many of each experiment's seeds at most (default: all)")
      ->check(CLI::Range(1, 1000))
      ->type_name("N");
  command
      .add_option("--checkpoint-seconds", options.checkpoint_seconds,
                  "Time between checkpoints, which are what is left of a run that is killed "
                  "(default 120)")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  add_threads_option(command, options.threads);
  command.add_flag("--list", options.list, "List the experiments and train nothing");
  options.flags.add_to(command, "seed");
}

}  // namespace

Command reproduce_command(CLI::App& program, const std::string& invocation) {
  CLI::App* app = program.add_subcommand(
      "reproduce", "Train published experiments, every seed, and keep what they came to");
  const auto options = std::make_shared<ReproduceOptions>();
  add_options(*app, *options);
  app->footer(kFooter);
  return {app, [invocation, options] {
            if (options->list) return list(*options);
            set_thread_count(options->threads);
            return Reproduction(
                       wanted(*options),
                       {.folder = options->out,
                        .data = options->data,
                        .checkpoint_seconds = static_cast<double>(options->checkpoint_seconds),
                        .resume_command = invocation})
                .run();
          }};
}

}  // namespace ff::cli
