#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ff/json.hpp"

namespace ff::cli {

/// What runs of this command are computed with.
struct Machine {
  std::string processor{};
  int cores = 0;
  int threads = 0;
  std::string kernels{};
};
Machine this_machine();

/// Bytes of memory that this machine has, whoever uses them.
std::int64_t machine_memory();

/// What one seed came to.
struct RecordedRun {
  std::int64_t seed = 0;
  double seconds = 0.0;                      ///< in training and judging, interruptions left out
  std::optional<double> test_error{};        ///< after the last epoch; none before that
  std::optional<double> validation_error{};  ///< likewise, if images were held out
  std::map<std::string, double> readings{};  ///< test errors of other readings, by their titles
  std::vector<Json> epochs{};                ///< an object for each that was judged

  bool finished() const { return test_error.has_value(); }
};

/// What `ff reproduce` keeps of an experiment, in DIR/NAME.json. Errors are shares of 1.
struct Record {
  std::string experiment{};
  std::string title{}, note{};
  std::string source{}, published{};
  double goal = 0.0;        ///< in per cent
  bool by_softmax = false;  ///< whether its errors count, not those of goodness
  std::string command{};
  Json config{};      ///< without the seed
  Machine machine{};  ///< that trained last
  std::vector<RecordedRun> runs{};
  bool finished = false;  ///< whether all seeds asked for are

  /// The run of that seed; null when there is none.
  RecordedRun* run(std::int64_t seed);
  /// Over the finished runs; none when there is no such run.
  std::optional<double> mean_test_error() const;
  std::optional<double> mean_validation_error() const;
  bool reaches_goal() const;
};

/// Throws Error naming the file, and the field that is missing or of a wrong kind.
Record read_record(const std::filesystem::path& path);

void write_record(const std::filesystem::path& path, const Record& record);

/// All records of a folder. Throws Error when a JSON file in it is none.
std::vector<Record> read_records(const std::filesystem::path& folder);

}  // namespace ff::cli
