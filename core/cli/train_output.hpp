#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "judge.hpp"

namespace ff::cli {

/// What an epoch came to.
struct EpochResult {
  Report report{};
  bool has_losses = false;                ///< false before the first minibatch after --resume
  std::vector<Evaluation> evaluations{};  ///< one for each set of images; none when not judged
  double images_per_second = 0.0;         ///< in training; 0 when unknown
  double seconds = 0.0;                   ///< since the command began to train, judging included
};

/// Hears what a run comes to: what `ff train` prints on stdout.
class TrainOutput {
 public:
  virtual ~TrainOutput() = default;
  virtual void start(const Trainer& trainer, const std::vector<JudgedImages>& judged) = 0;
  virtual void epoch(const EpochResult& result) = 0;
  /// A checkpoint was kept so many seconds after the run began.
  virtual void kept(double /*seconds*/) {}
  /// `model` is empty when none was asked for.
  virtual void done(const EpochResult& last, const std::filesystem::path& model) = 0;
  /// `resume` is the command that goes on.
  virtual void interrupted(const Report& report, const std::filesystem::path& checkpoint,
                           const std::string& resume) = 0;
};

std::unique_ptr<TrainOutput> text_output();
std::unique_ptr<TrainOutput> json_output();

/// The fields that json_output() prints, for --help.
std::string json_output_help();

/// What the user reads when a run was interrupted.
std::string stopped_text(const Report& report, const std::filesystem::path& checkpoint,
                         const std::string& resume);

/// Its layers: "784-500-500, 660,010 parameters".
std::string size_text(const Network& network);

/// Over the layers, in the last minibatches.
double mean_loss(const Report& report);

/// Weights and biases of all layers, the softmax too.
std::int64_t parameters(const Network& network);

/// What stands above a column of scores, or of errors by them.
std::string heading(const ScoreName& score);

/// Adds the errors by every score: softmax_error, or a list, layer_errors, where there is one a
/// layer.
void add_errors(const Evaluation& evaluation, Json& json);

}  // namespace ff::cli
