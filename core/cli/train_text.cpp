#include <algorithm>
#include <iostream>

#include "ff/fields.hpp"
#include "text.hpp"
#include "train_output.hpp"

namespace ff::cli {
namespace {

constexpr std::size_t kColumn = 10;

// Group by group, without the fields that do not matter in this run.
std::string summary(const Config& config) {
  constexpr std::size_t kWidth = 80;
  constexpr std::size_t kGroupWidth = 24;
  std::string text;
  std::string_view group;
  std::size_t column = 0;
  for (const Field& field : fields()) {
    if (!applies(field, config)) continue;
    const Json value = field.get(config);
    const std::string setting =
        std::string(field.name)
            .append(" ")
            .append(value.is_string() ? value.get<std::string>() : value.dump());
    const bool same = field.group == group;
    if (same && column + setting.size() + 2 <= kWidth) {
      text += ", ";
      column += 2;
    } else {
      text += same ? ",\n" : group.empty() ? "" : "\n";
      text += left(same ? "" : "  " + std::string(field.group), kGroupWidth);
      column = kGroupWidth;
    }
    text += setting;
    column += setting.size();
    group = field.group;
  }
  return text;
}

class TextOutput : public TrainOutput {
 public:
  void start(const Trainer& trainer, const std::vector<JudgedImages>& judged) override {
    const Network& network = trainer.network();
    split_ = judged.front().split;
    std::cout << "Training " << size_text(network) << ", on "
              << with_commas(static_cast<std::int64_t>(trainer.train_count()))
              << " images; judged on "
              << with_commas(static_cast<std::int64_t>(judged.front().count)) << " " << split_
              << " images.\n"
              << summary(network.config) << "\n";
    if (trainer.state().step > 0)
      std::cout << "Resumed at epoch " << fixed(trainer.report().epoch, 2) << ".\n";
    std::cout << "\n"
              << right("epoch", 5) << right("loss", kColumn) << right("images/s", kColumn)
              << right("time", 14) << right(split_ + " error", 18);
    for (const ScoreName& score : score_names(network))
      if (!score.sum) std::cout << right(heading(score), kColumn);
    std::cout << std::endl;
  }

  void epoch(const EpochResult& result) override {
    const Report& report = result.report;
    const bool known = result.has_losses;
    const auto speed = static_cast<std::int64_t>(result.images_per_second);
    std::cout << right(fixed(report.epoch, 0), 5)
              << right(known ? fixed(mean_loss(report), 4) : "", kColumn)
              << right(known ? with_commas(speed) : "", kColumn)
              << right(duration(result.seconds), 14);
    if (!result.evaluations.empty()) {
      const Evaluation& evaluation = result.evaluations.front();
      std::cout << right(percent(evaluation.error()), 18);
      for (const auto& [score, errors] : evaluation.tallies)
        if (!score.sum) std::cout << right(percent(evaluation.rate(errors)), kColumn);
    }
    std::cout << std::endl;
  }

  void done(const EpochResult& last, const std::filesystem::path& model) override {
    std::cout << "\nDone in " << duration(last.seconds);
    if (!last.evaluations.empty())
      std::cout << ": " << percent(last.evaluations.front().error()) << " " << split_ << " error";
    std::cout << ". ";
    if (model.empty())
      std::cout << "The model was not kept: --out MODEL.safetensors would.";
    else
      std::cout << "The model is in " << model.string() << ".";
    std::cout << std::endl;
  }

  void interrupted(const Report& report, const std::filesystem::path& checkpoint,
                   const std::string& resume) override {
    std::cout << "\n" << stopped_text(report, checkpoint, resume) << std::endl;
  }

 private:
  std::string split_;
};

}  // namespace

std::string stopped_text(const Report& report, const std::filesystem::path& checkpoint,
                         const std::string& resume) {
  return "Stopped at epoch " + fixed(report.epoch, 2) + " of " + std::to_string(report.epochs) +
         "; the checkpoint is in " + checkpoint.string() + ". To go on:\n  " + resume;
}

std::string size_text(const Network& network) {
  std::string shape = std::to_string(network.layers.front().fields.columns);
  for (const Layer& layer : network.layers) shape.append("-").append(std::to_string(layer.units()));
  return shape + ", " + with_commas(parameters(network)) + " parameters";
}

std::string heading(const ScoreName& score) {
  const std::string name(score.name);
  return score.layer < 0 ? name : name + " " + std::to_string(score.layer + 1);
}

double mean_loss(const Report& report) {
  double loss = 0.0;
  for (const LayerReport& layer : report.layers) loss += layer.loss;
  return loss / static_cast<double>(report.layers.size());
}

std::unique_ptr<TrainOutput> text_output() { return std::make_unique<TextOutput>(); }

}  // namespace ff::cli
