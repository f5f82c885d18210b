#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ff/presets.hpp"
#include "ff/trainer.hpp"
#include "file_lock.hpp"
#include "progress.hpp"
#include "record.hpp"
#include "train_run.hpp"

namespace ff::cli {

/// An experiment as it is to be reproduced.
struct WantedExperiment {
  const Preset* preset;
  Config config;                    ///< the preset's, or changed by flags
  std::vector<std::int64_t> seeds;  ///< a run each
};

/// Where things are, and how runs are kept.
struct ReproductionFiles {
  std::filesystem::path folder{};  ///< of the records
  std::string data{};              ///< the folder of data sets
  double checkpoint_seconds = 0.0;
  std::string resume_command{};  ///< the same command again
};

/// Trains the runs of experiments that are not finished yet, one after another, and keeps a record
/// of each experiment and a table of them all.
class Reproduction {
 public:
  /// Throws Error when a record cannot be read or written, data are missing, or a config does not
  /// fit its data: all before anything is trained.
  Reproduction(const std::vector<WantedExperiment>& experiments, ReproductionFiles files);

  /// Returns the exit status.
  int run();

 private:
  struct Kept {
    WantedExperiment wanted;
    std::filesystem::path path;
    Record record;
    FileLock lock;      ///< of the record
    double work = 0.0;  ///< of one of its runs, in parameters times images trained on
  };
  struct Data {
    std::shared_ptr<const Dataset> train, test;
  };
  struct Run {
    Kept* kept;
    std::size_t experiment, index;  ///< its place among the experiments and among their seeds
  };

  void open(const WantedExperiment& wanted);
  void plan();
  std::shared_ptr<const Dataset> load(const std::string& dataset);
  int run_one(const Run& next);
  Trainer trainer(Kept& kept, std::int64_t seed) const;
  std::vector<JudgedImages> judged_images(const Config& config) const;
  std::filesystem::path checkpoint(const std::string& experiment, std::int64_t seed) const;
  std::string resume_command(const std::filesystem::path& meant,
                             const std::filesystem::path& kept) const;
  std::string title(const Run& next) const;
  void settle(Kept& kept) const;
  void conclude(Kept& kept) const;

  ReproductionFiles files_;
  std::vector<Kept> kept_;
  std::map<std::string, Data> data_;
  std::vector<Run> runs_;
  RunPlace place_;
  Progress progress_{Progress::Elsewhere::kLines};
};

}  // namespace ff::cli
