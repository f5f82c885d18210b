#include "record_output.hpp"

#include <cmath>
#include <iostream>
#include <utility>

#include "text.hpp"

namespace ff::cli {
namespace {

constexpr std::size_t kColumn = 10;
constexpr std::size_t kErrorColumn = 18;

// To the digits that mean something: a record is read by people and kept under version control.
double rounded(double number) { return std::stod(significant(number)); }

// The histogram gathers what is far out in its first and last bin, so that this is the mean but for
// a few outliers.
double mean(const Histogram& histogram, const std::array<float, Histogram::kBins>& bins) {
  const double width = (histogram.high - histogram.low) / Histogram::kBins;
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const double centre = histogram.low + (static_cast<double>(bin) + 0.5) * width;
    sum += bins.at(bin) * centre;
    count += bins.at(bin);
  }
  return count > 0.0 ? sum / count : 0.0;
}

// A layer in the minibatches before the epoch's end; a quantity a line.
Json layer_json(const LayerReport& layer) {
  Json json = {{"positive", rounded(mean(layer.goodness, layer.goodness.positive))},
               {"negative", rounded(mean(layer.goodness, layer.goodness.negative))},
               {"loss", rounded(layer.loss)}};
  if (layer.positive_entropy) json["entropy_positive"] = rounded(*layer.positive_entropy);
  if (layer.negative_entropy) json["entropy_negative"] = rounded(*layer.negative_entropy);
  return json;
}

std::int64_t epoch_of(const Report& report) { return std::llround(report.epoch); }

}  // namespace

RecordOutput::RecordOutput(Record& record, RecordedRun& run, std::filesystem::path path,
                           std::map<std::string, Reading> readings)
    : record_(record),
      run_(run),
      path_(std::move(path)),
      seconds_before_(run.seconds),
      readings_(std::move(readings)) {}

// A run that was killed goes on from before the last epochs in its record, and judges them again.
void RecordOutput::start(const Trainer& trainer, const std::vector<JudgedImages>& judged) {
  network_ = &trainer.network();
  test_ = judged.back();
  for (const JudgedImages& images : judged) splits_.push_back(images.split);
  std::erase_if(run_.epochs, [&](const Json& epoch) {
    return epoch.at("epoch").get<double>() > trainer.report().epoch;
  });
  write(0.0);
  std::cout << "\n"
            << record_.experiment << ", seed " << run_.seed << ": " << size_text(trainer.network())
            << ", " << with_commas(static_cast<std::int64_t>(trainer.train_count()))
            << " images to train on.\n";
  if (trainer.state().step > 0)
    std::cout << "Resumed at epoch " << fixed(trainer.report().epoch, 2) << ".\n";
  std::cout << right("epoch", 5) << right("loss", kColumn) << right("time", 14);
  for (const std::string& split : splits_) std::cout << right(split + " error", kErrorColumn);
  std::cout << std::endl;
}

void RecordOutput::epoch(const EpochResult& result) {
  if (result.evaluations.empty()) return;
  const bool known =
      !run_.epochs.empty() && run_.epochs.back().at("epoch") == epoch_of(result.report);
  if (!known) run_.epochs.push_back(epoch_json(result));
  set_seconds(result.seconds);
  print_epoch(result);
  write_record(path_, record_);
}

Json RecordOutput::epoch_json(const EpochResult& result) const {
  Json json = {{"epoch", epoch_of(result.report)}};
  if (result.has_losses) json["loss"] = rounded(mean_loss(result.report));
  add_errors(result, json);
  if (result.has_losses)
    for (const LayerReport& layer : result.report.layers)
      json["layers"].push_back(layer_json(layer));
  return json;
}

// All of the test set, which is judged last; of other images only the error that counts.
void RecordOutput::add_errors(const EpochResult& result, Json& json) const {
  for (std::size_t index = 0; index < splits_.size(); ++index)
    json[splits_[index] + "_error"] = error(result.evaluations[index]);
  cli::add_errors(result.evaluations.back(), json);
}

double RecordOutput::error(const Evaluation& evaluation) const {
  return record_.by_softmax ? evaluation.rate(evaluation.errors("softmax")) : evaluation.error();
}

void RecordOutput::print_epoch(const EpochResult& result) const {
  std::cout << right(std::to_string(epoch_of(result.report)), 5)
            << right(result.has_losses ? fixed(mean_loss(result.report), 4) : "", kColumn)
            << right(duration(run_.seconds), 14);
  for (const Evaluation& evaluation : result.evaluations)
    std::cout << right(percent(error(evaluation)), kErrorColumn);
  std::cout << std::endl;
}

void RecordOutput::kept(double seconds) { write(seconds); }

// What was judged last is what the run came to, be it the best or not.
void RecordOutput::done(const EpochResult& last, const std::filesystem::path& /*model*/) {
  const Json& epoch = run_.epochs.back();
  run_.test_error = epoch.at("test_error");
  if (epoch.contains("validation_error")) run_.validation_error = epoch.at("validation_error");
  for (const auto& [title, reading] : readings_)
    run_.readings[title] = error(judge(
                                     *network_, test_, [](std::size_t) { return true; }, reading)
                                     .value());
  write(last.seconds);
}

void RecordOutput::interrupted(const Report& report, const std::filesystem::path& checkpoint,
                               const std::string& resume) {
  std::cout << "\n" << stopped_text(report, checkpoint, resume) << std::endl;
}

void RecordOutput::set_seconds(double seconds) {
  constexpr double kTenths = 10.0;
  run_.seconds = std::round((seconds_before_ + seconds) * kTenths) / kTenths;
}

void RecordOutput::write(double seconds) {
  set_seconds(seconds);
  write_record(path_, record_);
}

}  // namespace ff::cli
