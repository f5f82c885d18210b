#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "record.hpp"
#include "train_output.hpp"

namespace ff::cli {

/// Keeps what a run comes to in its record, and prints a line for each epoch that was judged.
class RecordOutput : public TrainOutput {
 public:
  /// `run` is a run of `record`, whose file is `path`. `readings`: other ways in which its net is
  /// read in the end, by their titles.
  RecordOutput(Record& record, RecordedRun& run, std::filesystem::path path,
               std::map<std::string, Reading> readings);

  void start(const Trainer& trainer, const std::vector<JudgedImages>& judged) override;
  void epoch(const EpochResult& result) override;
  void kept(double seconds) override;
  void done(const EpochResult& last, const std::filesystem::path& model) override;
  void interrupted(const Report& report, const std::filesystem::path& checkpoint,
                   const std::string& resume) override;

 private:
  Json epoch_json(const EpochResult& result) const;
  void add_errors(const EpochResult& result, Json& json) const;
  double error(const Evaluation& evaluation) const;
  void print_epoch(const EpochResult& result) const;
  void set_seconds(double seconds);
  void write(double seconds);

  Record& record_;
  RecordedRun& run_;
  std::filesystem::path path_;
  double seconds_before_;  ///< what the run took before it was resumed
  std::vector<std::string> splits_{};
  std::map<std::string, Reading> readings_;
  const Network* network_ = nullptr;  ///< that learns
  JudgedImages test_{};
};

}  // namespace ff::cli
