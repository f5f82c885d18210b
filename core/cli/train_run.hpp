#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "clock.hpp"
#include "ff/model_file.hpp"
#include "ff/trainer.hpp"
#include "judge.hpp"
#include "progress.hpp"
#include "train_output.hpp"

namespace ff::cli {

/// What a run keeps on disk, and when.
struct TrainFiles {
  std::filesystem::path model{};  ///< empty: the model is not kept
  TensorType model_type = TensorType::kF32;
  std::filesystem::path checkpoint{};  ///< where an interrupted run is kept
  std::int64_t checkpoint_epochs = 0;  ///< also after every so many epochs; 0: never
  double checkpoint_seconds = 0.0;     ///< also after so many seconds; 0: never
  /// The command that goes on from a checkpoint: what the user is told after an interruption.
  std::function<std::string(const std::filesystem::path&)> resume_command{};
};

/// The run that a checkpoint holds. Throws Error naming its file when these are not its images.
Trainer resumed(SavedModel saved, std::shared_ptr<const Dataset> data,
                const std::filesystem::path& file);

/// A run among others that come one after another, for a bar over all of them. Work is counted in
/// parameters times images trained on.
struct RunPlace {
  std::string title{};                          ///< shown before the epoch
  double before = 0.0, own = 1.0, after = 0.0;  ///< work of the other runs and of this one
  double done = 0.0, seconds = 0.0;             ///< work done by other runs since the command began
};

/// Trains to the end or to an interruption, and keeps what it came to: whatever ends it, a net that
/// has learnt is on the disk afterwards, and the user is told where.
class TrainRun {
 public:
  TrainRun(Trainer& trainer, std::vector<JudgedImages> judged, JudgedEpochs judged_epochs,
           TrainFiles files, TrainOutput& output, Progress& progress, RunPlace place = {});

  /// Returns the exit status. Throws Error when the end cannot be as it was asked for, with where
  /// the net is kept instead.
  int run();

 private:
  bool train();
  void finish();
  void calibrate();
  std::vector<std::uint8_t> model_bytes() const;
  bool at_epoch_end() const;
  std::int64_t epochs_done() const;
  bool end_epoch();
  void step();
  bool judge_net();
  void show();
  std::string doing(const Report& report) const;
  double images_to_judge() const;
  double share_done() const;
  double seconds_left() const;
  double seconds_left_of_all() const;
  void attempt(const std::function<void()>& writing);
  void keep();
  bool keep_at_last();
  int leave();
  [[noreturn]] void give_up(const std::string& cause);

  Trainer& trainer_;
  std::vector<JudgedImages> judged_;
  JudgedEpochs judged_epochs_;
  TrainFiles files_;
  TrainOutput& output_;
  Progress& progress_;
  RunPlace place_;

  Stopwatch clock_, since_kept_;
  std::int64_t first_step_;
  Pace training_{}, judging_{};
  Pace epoch_{};                   ///< of training since the last epoch's end
  std::size_t left_to_judge_ = 0;  ///< images of the judging that goes on now
  EpochResult last_{};
  bool learning_ = false;  ///< within a minibatch: half of the weights may be older than the others
  bool heard_ = true;      ///< whether stdout takes what is printed
};

}  // namespace ff::cli
