#include "train_run.hpp"

#include <cstdlib>
#include <iostream>
#include <system_error>
#include <utility>

#include "ff/error.hpp"
#include "ff/explain.hpp"
#include "ff/files.hpp"
#include "file_lock.hpp"
#include "interrupt.hpp"
#include "standard_streams.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

const std::string kKeptNowhere = "the net could be kept nowhere.";

// Where there may be room when there is none in the folder that was meant.
std::vector<std::filesystem::path> other_folders() {
  std::error_code ignored;
  std::vector<std::filesystem::path> folders = {std::filesystem::current_path(ignored),
                                                std::filesystem::temp_directory_path(ignored)};
  if (const char* home = std::getenv("HOME")) folders.emplace_back(home);
  return folders;
}

std::string without_stop(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

}  // namespace

Trainer resumed(SavedModel saved, std::shared_ptr<const Dataset> data,
                const std::filesystem::path& file) {
  try {
    return {std::move(saved.network), saved.state, std::move(data)};
  } catch (const Error& error) {
    fail_file(file.string(), error.what());
  }
}

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

int TrainRun::run() {
  output_.start(trainer_, judged_);
  show();
  bool finished = false;
  try {
    finished = train();
    if (finished) finish();
  } catch (const std::exception& error) {
    if (learning_) throw;
    give_up(explain(error));
  }
  return finished ? 0 : leave();
}

/// Returns false when interrupted. An epoch's end comes before its judging: a run that is
/// interrupted while it judges is resumed at the epoch's end and judges then, so no epoch goes
/// missing.
bool TrainRun::train() {
  for (;;) {
    if (trainer_.state().step > 0 && at_epoch_end() && !end_epoch()) return false;
    if (trainer_.finished()) return true;
    step();
    if (interrupted()) return false;
    if (files_.checkpoint_seconds > 0.0 && since_kept_.seconds() >= files_.checkpoint_seconds)
      keep();
  }
}

// So that whoever reads with the net is told when to doubt it.
void TrainRun::calibrate() {
  constexpr std::size_t kPiece = 128;
  Calibrator calibrator = trainer_.calibrator();
  while (calibrator.read(trainer_.network(), kPiece) == kPiece) show();
  trainer_.keep(calibrator.calibration());
}

void TrainRun::finish() {
  if (!files_.model.empty()) {
    calibrate();
    write_file(files_.model, model_bytes());
  }
  last_.seconds = clock_.seconds();
  output_.done(last_, files_.model);
  if (std::cout || !place_.title.empty()) return;  // one among others is told of in its record
  const bool asked = !files_.model.empty();
  const bool kept = asked || keep_at_last();
  const std::string place = (asked ? files_.model : files_.checkpoint).string();
  note("The run is done; " + (kept ? "the net is in " + place + "." : kKeptNowhere));
}

std::vector<std::uint8_t> TrainRun::model_bytes() const {
  try {
    return save_model(trainer_.network(), files_.model_type);
  } catch (const Error& error) {
    if (files_.model_type == TensorType::kF32) throw;
    throw Error(std::string("--half: ") + error.what());
  }
}

bool TrainRun::at_epoch_end() const {
  return trainer_.state().step % trainer_.steps_per_epoch() == 0;
}

std::int64_t TrainRun::epochs_done() const {
  return trainer_.state().step / trainer_.steps_per_epoch();
}

void TrainRun::step() {
  const Stopwatch stopwatch;
  learning_ = true;
  trainer_.step();
  learning_ = false;
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
  attempt([&] { output_.epoch(last_); });
  if (heard_ && !std::cout) note("Standard output takes no more; the run goes on without it.");
  heard_ = !std::cout.fail();
  return true;
}

bool TrainRun::judge_net() {
  const bool is_last = epochs_done() == trainer_.network().config.epochs;
  const auto reading = is_last ? std::nullopt : judged_epochs_.meanwhile;
  for (const JudgedImages& images : judged_) left_to_judge_ += images.count;
  Stopwatch piece;
  for (const JudgedImages& images : judged_) {
    const std::size_t later = left_to_judge_ - images.count;
    const auto go_on = [&](std::size_t done) {
      const std::size_t left = later + images.count - done;
      judging_.add(piece.seconds(), static_cast<double>(left_to_judge_ - left));
      left_to_judge_ = left;
      piece = {};
      show();
      return !interrupted();
    };
    const auto evaluation = judge(trainer_.network(), images, go_on, reading);
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
  // Until it was timed: every label forward against two rows forward and back.
  constexpr double kLabelByTraining = 0.15;
  const auto labels = static_cast<double>(trainer_.network().labels());
  const auto images = static_cast<double>((trainer_.steps() - trainer_.state().step) *
                                          trainer_.network().config.batch);
  const double judging = judging_.images > 0.0
                             ? judging_.seconds_an_image()
                             : kLabelByTraining * labels * training_.seconds_an_image();
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

// What cannot be written now, as on a full disk, may be the next time: it costs the run nothing.
void TrainRun::attempt(const std::function<void()>& writing) {
  try {
    writing();
  } catch (const std::exception& error) {
    progress_.clear();
    note(without_stop(explain(error)) + "; the run goes on.");
  }
}

void TrainRun::keep() {
  attempt([&] {
    write_file(files_.checkpoint, save_checkpoint(trainer_.network(), trainer_.state()));
    output_.kept(clock_.seconds());
  });
  since_kept_ = {};
}

// Where it belongs or, when that cannot be, wherever there is room.
bool TrainRun::keep_at_last() {
  const auto bytes = save_checkpoint(trainer_.network(), trainer_.state());
  try {
    write_file(files_.checkpoint, bytes);
    return true;
  } catch (const Error& error) {
    note(error.what());
  }
  for (const std::filesystem::path& folder : other_folders()) {
    std::filesystem::path place = folder / files_.checkpoint.filename();
    try {
      const FileLock held = reserve(place, {});
      write_file(place, bytes);
      files_.checkpoint = place;
      return true;
    } catch (const Error&) {  // the cause that was told is the one that counts
      continue;
    }
  }
  return false;
}

int TrainRun::leave() {
  progress_.clear();
  if (!keep_at_last()) throw Error("The run was interrupted; " + kKeptNowhere);
  const std::string command = files_.resume_command(files_.checkpoint);
  output_.interrupted(trainer_.report(), files_.checkpoint, command);
  if (!std::cout) note(stopped_text(trainer_.report(), files_.checkpoint, command));
  return kInterruptedStatus;
}

// The net has cost more than whatever went wrong.
void TrainRun::give_up(const std::string& cause) {
  progress_.clear();
  if (!keep_at_last()) throw Error(without_stop(cause) + "; " + kKeptNowhere);
  throw Error(without_stop(cause) + "; the run is kept in " + files_.checkpoint.string() +
              ", from where it can be resumed.");
}

}  // namespace ff::cli
