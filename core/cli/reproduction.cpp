#include "reproduction.hpp"

#include <algorithm>
#include <iostream>
#include <system_error>
#include <utility>

#include "command.hpp"
#include "config_flags.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "ff/model_file.hpp"
#include "interrupt.hpp"
#include "record_output.hpp"
#include "results_table.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

// How many times a run is judged, more or less.
constexpr std::int64_t kJudgings = 20;

// What many looks at an image are worth is told at the end: its curve would cost as much as its
// training.
JudgedEpochs judged_epochs(const Config& config) {
  Reading one_look = reading_of(config);
  one_look.softmax_shift = 0;
  return {.every = std::max<std::int64_t>(1, (config.epochs + kJudgings / 2) / kJudgings),
          .first = true,
          .meanwhile = one_look};
}

Config with_seed(Config config, std::int64_t seed) {
  config.seed = seed;
  return config;
}

Json without_seed(const Config& config) {
  Json json = to_json(config);
  json.erase("seed");
  return json;
}

// A field that the record lacks had its default before there was such a field.
bool same_run(const Record& record, const WantedExperiment& wanted) {
  const Config& config = wanted.config;
  try {
    return record.by_softmax == wanted.preset->experiment->by_softmax &&
           with_seed(config_from_json(record.config), config.seed) == config;
  } catch (const Error&) {
    return false;
  }
}

std::string command_of(const WantedExperiment& wanted) {
  const std::size_t all = wanted.preset->experiment->seeds.size();
  const std::size_t count = wanted.seeds.size();
  return "ff reproduce " + wanted.preset->name +
         changing_flags(wanted.preset->config, wanted.config) +
         (count < all ? " --seeds " + std::to_string(count) : "");
}

// What the preset says today, whatever it said when the record was begun.
void describe(const Preset& preset, Record& record) {
  record.experiment = preset.name;
  record.title = preset.title;
  record.note = preset.note;
  record.source = preset.experiment->source;
  record.published = preset.experiment->published;
  record.goal = preset.experiment->goal;
  record.by_softmax = preset.experiment->by_softmax;
}

bool finished(Record& record, std::int64_t seed) {
  const RecordedRun* run = record.run(seed);
  return run != nullptr && run->finished();
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (!std::filesystem::is_directory(folder))
    fail_file(folder.string(), "the folder cannot be made.");
}

std::map<std::string, Reading> other_readings(const WantedExperiment& wanted) {
  std::map<std::string, Reading> readings;
  for (const auto& [title, reading] : wanted.preset->experiment->readings.items())
    readings[title] = reading_of(read_as(wanted.config, reading));
  return readings;
}

std::string figures(const Record& record) {
  const std::string mean = percent(*record.mean_test_error());
  return mean + " test error on average, the goal of " + fixed(record.goal, 2) + " % is " +
         (record.reaches_goal() ? "reached" : "not reached yet");
}

}  // namespace

Reproduction::Reproduction(const std::vector<WantedExperiment>& experiments,
                           ReproductionFiles files)
    : files_(std::move(files)) {
  make_folder(files_.folder);
  check_writable(files_.folder / "README.md");
  read_records(files_.folder);
  for (const WantedExperiment& wanted : experiments) open(wanted);
  plan();
}

void Reproduction::open(const WantedExperiment& wanted) {
  const std::string& name = wanted.preset->name;
  const std::filesystem::path path = files_.folder / (name + ".json");
  Kept kept{.wanted = wanted, .path = path, .record = {}, .lock = lock(path)};
  if (std::filesystem::exists(kept.path)) kept.record = read_record(kept.path);
  if (!kept.record.runs.empty() && !same_run(kept.record, wanted))
    fail_file(kept.path.string(),
              "this record was made with another config; move it away to start " + name +
                  " anew, or keep both by another --out.");
  kept_.push_back(std::move(kept));
}

// A net is made for each experiment: it says how large it is, and whether the config is sound.
void Reproduction::plan() {
  for (std::size_t index = 0; index < kept_.size(); ++index) {
    Kept& kept = kept_[index];
    const auto& [preset, config, seeds] = kept.wanted;
    const auto done = [&](std::int64_t seed) { return finished(kept.record, seed); };
    if (std::ranges::all_of(seeds, done)) {
      describe(*preset, kept.record);
      settle(kept);
      std::cout << preset->name << " is finished: " << figures(kept.record) << "." << std::endl;
      continue;
    }
    const Trainer trial(config, load(config.dataset));
    std::shared_ptr<const Dataset>& test = data_[config.dataset].test;
    if (!test) test = load_fitting(files_.data, trial.network(), Split::kTest);
    kept.work = static_cast<double>(parameters(trial.network())) *
                static_cast<double>(trial.steps() * config.batch);
    for (std::size_t seed = 0; seed < seeds.size(); ++seed) {
      if (done(seeds[seed])) continue;
      runs_.push_back({.kept = &kept, .experiment = index, .index = seed});
      place_.after += kept.work;
    }
  }
}

std::shared_ptr<const Dataset> Reproduction::load(const std::string& dataset) {
  std::shared_ptr<const Dataset>& train = data_[dataset].train;
  if (!train) train = load_split(files_.data, dataset, Split::kTrain);
  return train;
}

int Reproduction::run() {
  catch_interrupts();
  for (const Run& next : runs_) {
    const int status = run_one(next);
    if (status != 0) return status;
    conclude(*next.kept);
  }
  write_results_table(files_.folder);
  return 0;
}

int Reproduction::run_one(const Run& next) {
  Kept& kept = *next.kept;
  const Config& config = kept.wanted.config;
  const std::int64_t seed = kept.wanted.seeds[next.index];
  describe(*kept.wanted.preset, kept.record);
  kept.record.command = command_of(kept.wanted);
  kept.record.config = without_seed(config);
  kept.record.machine = this_machine();
  kept.record.finished = false;

  Trainer net = trainer(kept, seed);
  const double share_before =
      static_cast<double>(net.state().step) / static_cast<double>(net.steps());
  place_.title = title(next);
  place_.own = kept.work;
  place_.after -= kept.work;
  RecordOutput output(kept.record, *kept.record.run(seed), kept.path, other_readings(kept.wanted));
  const Stopwatch stopwatch;
  const auto file = checkpoint(kept.record.experiment, seed);
  const int status =
      TrainRun(net, judged_images(config), judged_epochs(config),
               {.checkpoint = file,
                .checkpoint_seconds = files_.checkpoint_seconds,
                .resume_command = [&](const auto& place) { return resume_command(file, place); }},
               output, progress_, place_)
          .run();
  place_.before += kept.work;
  place_.done += (1.0 - share_before) * kept.work;
  place_.seconds += stopwatch.seconds();
  return status;
}

// From where its run stood, if both its checkpoint and the epochs in its record are there.
Trainer Reproduction::trainer(Kept& kept, std::int64_t seed) const {
  const Config config = with_seed(kept.wanted.config, seed);
  const auto& data = data_.at(config.dataset).train;
  const std::filesystem::path file = checkpoint(kept.record.experiment, seed);
  if (kept.record.run(seed) != nullptr && std::filesystem::exists(file)) {
    SavedModel saved = load_model(file);
    if (saved.resumable && saved.network.config == config)
      return resumed(std::move(saved), data, file);
  }
  std::filesystem::remove(file);
  RecordedRun* run = kept.record.run(seed);
  if (run == nullptr) run = &kept.record.runs.emplace_back();
  *run = {.seed = seed};
  return {config, data};
}

std::vector<JudgedImages> Reproduction::judged_images(const Config& config) const {
  const auto& [train, test] = data_.at(config.dataset);
  std::vector<JudgedImages> judged;
  if (config.validation_images > 0) judged.push_back(held_out_images(config, train));
  judged.push_back(test_images(test));
  return judged;
}

std::filesystem::path Reproduction::checkpoint(const std::string& experiment,
                                               std::int64_t seed) const {
  return files_.folder / ("." + experiment + "-" + std::to_string(seed) + ".checkpoint");
}

// What could not be kept where it is looked for must be brought there.
std::string Reproduction::resume_command(const std::filesystem::path& meant,
                                         const std::filesystem::path& kept) const {
  if (kept == meant) return files_.resume_command;
  return std::string("mv ")
      .append(shell_quoted(kept.string()))
      .append(" ")
      .append(shell_quoted(meant.string()))
      .append(" && ")
      .append(files_.resume_command);
}

std::string Reproduction::title(const Run& next) const {
  const auto place = [](std::size_t index, std::size_t count) {
    return " (" + std::to_string(index + 1) + "/" + std::to_string(count) + "), ";
  };
  const auto& [preset, config, seeds] = next.kept->wanted;
  return preset->name + place(next.experiment, kept_.size()) + "seed " +
         std::to_string(seeds[next.index]) + place(next.index, seeds.size());
}

void Reproduction::settle(Kept& kept) const {
  Record& record = kept.record;
  const std::vector<std::int64_t>& seeds = kept.wanted.seeds;
  record.finished =
      std::ranges::all_of(seeds, [&](std::int64_t seed) { return finished(record, seed); });
  write_record(kept.path, record);
  for (const RecordedRun& run : record.runs)
    if (run.finished()) std::filesystem::remove(checkpoint(record.experiment, run.seed));
}

void Reproduction::conclude(Kept& kept) const {
  settle(kept);
  write_results_table(files_.folder);
  const Record& record = kept.record;
  if (record.finished)
    std::cout << "\n"
              << record.experiment << ": " << figures(record) << ". The record is in "
              << kept.path.string() << ", the table of all in "
              << (files_.folder / "README.md").string() << "." << std::endl;
}

}  // namespace ff::cli
