#include "train_run.hpp"

#include <utility>

#include "ff/files.hpp"
#include "ff/model_file.hpp"
#include "interrupt.hpp"
#include "text.hpp"

namespace ff::cli {

TrainRun::TrainRun(Trainer& trainer, const JudgedImages& judged, int eval_every, TrainFiles files,
                   TrainOutput& output, Progress& progress)
    : trainer_(trainer),
      judged_(judged),
      eval_every_(eval_every),
      files_(std::move(files)),
      output_(output),
      progress_(progress),
      first_step_(trainer.state().step) {}

// An epoch's end comes before its judging: a run that is interrupted while it judges is resumed at
// the epoch's end and judges then, so no epoch goes missing.
int TrainRun::run() {
  output_.start(trainer_, judged_);
  for (;;) {
    if (trainer_.state().step > 0 && at_epoch_end() && !end_epoch()) return leave();
    if (trainer_.finished()) break;
    step();
    if (interrupted()) return leave();
  }
  if (!files_.model.empty())
    write_file(files_.model, save_model(trainer_.network(), files_.model_type));
  last_.seconds = clock_.seconds();
  output_.done(last_, files_.model);
  return 0;
}

bool TrainRun::at_epoch_end() const {
  return trainer_.state().step % trainer_.steps_per_epoch() == 0;
}

std::int64_t TrainRun::epochs_done() const {
  return trainer_.state().step / trainer_.steps_per_epoch();
}

void TrainRun::step() {
  const Stopwatch stopwatch;
  trainer_.step();
  training_seconds_ += stopwatch.seconds();
  epoch_seconds_ += stopwatch.seconds();
  ++epoch_steps_;
  if (progress_.due()) show("");
}

/// Returns false when interrupted.
bool TrainRun::end_epoch() {
  if (files_.checkpoint_epochs > 0 && epochs_done() % files_.checkpoint_epochs == 0 &&
      trainer_.state().step > first_step_)
    write_file(files_.checkpoint, save_checkpoint(trainer_.network(), trainer_.state()));
  last_ = {.report = trainer_.report(), .has_losses = epoch_steps_ > 0};
  if ((trainer_.finished() || epochs_done() % eval_every_ == 0) && !judge_net()) return false;
  const auto images = static_cast<double>(epoch_steps_ * trainer_.network().config.batch);
  if (epoch_seconds_ > 0.0) last_.images_per_second = images / epoch_seconds_;
  last_.seconds = clock_.seconds();
  epoch_seconds_ = 0.0;
  epoch_steps_ = 0;
  progress_.clear();
  output_.epoch(last_);
  return true;
}

bool TrainRun::judge_net() {
  const Stopwatch stopwatch;
  last_.evaluation = judge(trainer_.network(), judged_, [this](std::size_t done) {
    if (progress_.due())
      show("judging " + with_commas(static_cast<std::int64_t>(done)) + " of " +
           with_commas(static_cast<std::int64_t>(judged_.count)));
    return !interrupted();
  });
  judging_seconds_ = stopwatch.seconds();
  return last_.evaluation.has_value();
}

void TrainRun::show(const std::string& doing) {
  const Report report = trainer_.report();
  std::string texts;
  if (doing.empty()) {
    const auto images = (report.step - first_step_) * trainer_.network().config.batch;
    double loss = 0.0;
    for (const LayerReport& layer : report.layers)
      loss += layer.loss / static_cast<double>(report.layers.size());
    texts =
        "loss " + fixed(loss, 4) + ", " +
        with_commas(static_cast<std::int64_t>(static_cast<double>(images) / training_seconds_)) +
        " images/s";
  } else {
    texts = doing;
  }
  const double share = static_cast<double>(report.step) / static_cast<double>(report.steps);
  progress_.show(share, "epoch " + fixed(report.epoch, 1) + "/" + std::to_string(report.epochs),
                 texts + ", " + duration(seconds_left()) + " left");
}

double TrainRun::seconds_left() const {
  const std::int64_t steps = trainer_.state().step - first_step_;
  const auto steps_left = static_cast<double>(trainer_.steps() - trainer_.state().step);
  const double step_seconds = steps > 0 ? training_seconds_ / static_cast<double>(steps) : 0.0;
  const auto epochs_left = trainer_.network().config.epochs - epochs_done();
  const auto judgings = static_cast<double>((epochs_left + eval_every_ - 1) / eval_every_);
  return steps_left * step_seconds + judgings * judging_seconds_;
}

int TrainRun::leave() {
  progress_.clear();
  write_file(files_.checkpoint, save_checkpoint(trainer_.network(), trainer_.state()));
  output_.interrupted(trainer_.report(), files_.checkpoint, files_.resume_command);
  return kInterruptedStatus;
}

}  // namespace ff::cli
