#include "train_run.hpp"

#include <utility>

#include "ff/files.hpp"
#include "ff/model_file.hpp"
#include "interrupt.hpp"
#include "text.hpp"

namespace ff::cli {

TrainRun::TrainRun(Trainer& trainer, std::vector<JudgedImages> judged, JudgedEpochs judged_epochs,
                   TrainFiles files, TrainOutput& output, Progress& progress, RunPlace place)
    : trainer_(trainer),
      judged_(std::move(judged)),
      judged_epochs_(judged_epochs),
      files_(std::move(files)),
      output_(output),
      progress_(progress),
      place_(std::move(place)),
      first_step_(trainer.state().step) {}

// An epoch's end comes before its judging: a run that is interrupted while it judges is resumed at
// the epoch's end and judges then, so no epoch goes missing.
int TrainRun::run() {
  output_.start(trainer_, judged_);
  show();
  for (;;) {
    if (trainer_.state().step > 0 && at_epoch_end() && !end_epoch()) return leave();
    if (trainer_.finished()) break;
    step();
    if (interrupted()) return leave();
    if (files_.checkpoint_seconds > 0.0 && since_kept_.seconds() >= files_.checkpoint_seconds)
      keep();
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
  const double seconds = stopwatch.seconds();
  for (Pace* pace : {&training_, &epoch_}) pace->add(seconds, trainer_.network().config.batch);
  show();
}

/// Returns false when interrupted.
bool TrainRun::end_epoch() {
  if (files_.checkpoint_epochs > 0 && epochs_done() % files_.checkpoint_epochs == 0 &&
      trainer_.state().step > first_step_)
    keep();
  last_ = {.report = trainer_.report(),
           .has_losses = epoch_.images > 0.0,
           .images_per_second = epoch_.images_a_second()};
  if (judged_epochs_.includes(epochs_done(), trainer_.network().config.epochs) && !judge_net())
    return false;
  last_.seconds = clock_.seconds();
  epoch_ = {};
  progress_.clear();
  output_.epoch(last_);
  return true;
}

bool TrainRun::judge_net() {
  for (const JudgedImages& images : judged_) left_to_judge_ += images.count;
  Stopwatch piece;
  for (const JudgedImages& images : judged_) {
    const std::size_t later = left_to_judge_ - images.count;
    const auto evaluation = judge(trainer_.network(), images, [&](std::size_t done) {
      const std::size_t left = later + images.count - done;
      judging_.add(piece.seconds(), static_cast<double>(left_to_judge_ - left));
      left_to_judge_ = left;
      piece = {};
      show();
      return !interrupted();
    });
    if (!evaluation) return false;
    last_.evaluations.push_back(*evaluation);
  }
  return true;
}

void TrainRun::show() {
  if (!progress_.due()) return;
  const Report report = trainer_.report();
  progress_.show(
      share_done(),
      place_.title + "epoch " + fixed(report.epoch, 1) + "/" + std::to_string(report.epochs),
      doing(report));
}

std::string TrainRun::doing(const Report& report) const {
  const std::string time_left = ", " + duration(seconds_left_of_all()) + " left";
  if (!place_.title.empty())
    return fixed(100.0 * share_done(), 0) + " % done" +
           (training_.images > 0.0 ? time_left : ", starting");
  if (left_to_judge_ > 0)
    return "judging, " + with_commas(static_cast<std::int64_t>(left_to_judge_)) + " images to go" +
           time_left;
  if (training_.images == 0.0) return "starting";
  const auto speed = static_cast<std::int64_t>(training_.images_a_second());
  return "loss " + fixed(mean_loss(report), 4) + ", " + with_commas(speed) + " images/s" +
         time_left;
}

double TrainRun::images_to_judge() const {
  const std::int64_t judgings =
      judged_epochs_.after(epochs_done(), trainer_.network().config.epochs);
  std::size_t images = 0;
  for (const JudgedImages& judged : judged_) images += judged.count;
  return static_cast<double>(judgings) * static_cast<double>(images) +
         static_cast<double>(left_to_judge_);
}

double TrainRun::share_done() const {
  const double own = static_cast<double>(trainer_.state().step) /
                     static_cast<double>(trainer_.steps()) * place_.own;
  return (place_.before + own) / (place_.before + place_.own + place_.after);
}

double TrainRun::seconds_left() const {
  // Until it was timed: ten labels forward against two rows forward and back.
  constexpr double kJudgingByTraining = 1.5;
  const auto images = static_cast<double>((trainer_.steps() - trainer_.state().step) *
                                          trainer_.network().config.batch);
  const double judging = judging_.images > 0.0 ? judging_.seconds_an_image()
                                               : kJudgingByTraining * training_.seconds_an_image();
  return images * training_.seconds_an_image() + images_to_judge() * judging;
}

// The other runs by the pace of all that was done so far.
double TrainRun::seconds_left_of_all() const {
  const double steps_done = static_cast<double>(trainer_.state().step - first_step_) /
                            static_cast<double>(trainer_.steps());
  const double done = place_.done + steps_done * place_.own;
  if (done == 0.0) return seconds_left();
  return seconds_left() + place_.after * (place_.seconds + clock_.seconds()) / done;
}

void TrainRun::keep() {
  write_file(files_.checkpoint, save_checkpoint(trainer_.network(), trainer_.state()));
  output_.kept(clock_.seconds());
  since_kept_ = {};
}

int TrainRun::leave() {
  progress_.clear();
  keep();
  output_.interrupted(trainer_.report(), files_.checkpoint, files_.resume_command);
  return kInterruptedStatus;
}

}  // namespace ff::cli
