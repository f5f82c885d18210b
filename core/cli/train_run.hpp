#pragma once

#include <filesystem>
#include <string>

#include "clock.hpp"
#include "ff/safetensors.hpp"
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
  std::string resume_command{};        ///< what the user is told after an interruption
};

/// Trains to the end or to an interruption, and keeps what it came to.
class TrainRun {
 public:
  TrainRun(Trainer& trainer, const JudgedImages& judged, int eval_every, TrainFiles files,
           TrainOutput& output, Progress& progress);

  /// Returns the exit status.
  int run();

 private:
  bool at_epoch_end() const;
  std::int64_t epochs_done() const;
  bool end_epoch();
  void step();
  bool judge_net();
  void show();
  std::string doing(const Report& report) const;
  double images_to_judge() const;
  double seconds_left() const;
  int leave();

  Trainer& trainer_;
  const JudgedImages& judged_;
  std::int64_t eval_every_;
  TrainFiles files_;
  TrainOutput& output_;
  Progress& progress_;

  Stopwatch clock_;
  std::int64_t first_step_;
  Pace training_{}, judging_{};
  Pace epoch_{};                   ///< of training since the last epoch's end
  std::size_t left_to_judge_ = 0;  ///< images of the judging that goes on now
  EpochResult last_{};
};

}  // namespace ff::cli
