#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>

#include "command.hpp"
#include "ff/doubt.hpp"
#include "ff/error.hpp"
#include "ff/explain.hpp"
#include "ff/fields.hpp"
#include "ff/model_file.hpp"
#include "ff/read_out.hpp"
#include "pictures.hpp"
#include "reading_flags.hpp"
#include "standard_streams.hpp"
#include "text.hpp"
#include "train_output.hpp"

namespace ff::cli {
namespace {

constexpr std::size_t kName = 7;          // width of a column of answers, at the least
constexpr std::size_t kVerdict = 9;       // width of the column of verdicts
constexpr std::size_t kScore = 8;         // width of a column of goodness
constexpr std::size_t kMostColumns = 10;  // of goodness, where many pictures have a row each
constexpr std::size_t kMostRows = 20;     // of goodness, where one picture has a table

struct PredictOptions {
  std::string model;
  std::vector<std::string> images;
  std::optional<std::int64_t> index;
  bool json = false;
  ReadingFlags flags;
};

std::string name_of(const Picture& picture) {
  return picture.file + (picture.index ? "[" + std::to_string(*picture.index) + "]" : "");
}

std::vector<float> row(const Matrix& scores) {
  return {scores.data(), scores.data() + scores.cols()};
}

void print_json(const Network& network, const Picture& picture, const std::optional<Scores>& out) {
  const auto named = [&](const Matrix& scores) {
    return network.classes.at(static_cast<std::size_t>(best_class(scores)));
  };
  Json json = {{"image", picture.file}};
  if (picture.index) json["index"] = *picture.index;
  json["label"] = out ? Json(best_class(out->answer())) : Json(nullptr);
  json["class"] = out ? Json(named(out->answer())) : Json(nullptr);
  for (std::size_t which = 0; out && which < out->names.size(); ++which) {
    const ScoreName& score = out->names[which];
    const Matrix& scores = out->values[which];
    if (score.layer >= 0) {
      json[std::string(score.name) + "_goodness"].push_back(row(scores));
      continue;
    }
    json[std::string(score.name) + "_label"] = best_class(scores);
    json[std::string(score.name) + "_class"] = named(scores);
    json[std::string(score.name)] = row(scores);
  }
  if (const auto doubt = out ? ff::doubt(network, *out) : std::nullopt) {
    json["verdict"] = name_of(doubt->verdict);
    json["lead"] = doubt->lead;
    json["usual_lead"] = doubt->usual;
    json["score"] = doubt->score;
    json["usual_score"] = doubt->usual_score;
    json["rival"] = doubt->rival;
  }
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

// Labels by their score, the best first, equals in their order.
std::vector<int> ranked(const Matrix& scores) {
  std::vector<int> labels(static_cast<std::size_t>(scores.cols()));
  std::iota(labels.begin(), labels.end(), 0);
  std::ranges::sort(labels, {}, [&](int label) { return std::pair(-scores(0, label), label); });
  return labels;
}

// The labels whose goodness is shown: all in their order, or the best where there are too many.
std::vector<int> shown(const Scores& out, std::size_t most) {
  std::vector<int> labels = ranked(out.answer());
  if (labels.size() <= most)
    std::ranges::sort(labels);
  else
    labels.resize(most);
  return labels;
}

// The answer in words, with the doubt there is.
std::string answer_of(const Network& network, const Scores& out) {
  const auto name = [&](int label) { return network.classes.at(static_cast<std::size_t>(label)); };
  std::string best = name(best_class(out.answer()));
  const auto doubt = ff::doubt(network, out);
  if (!doubt) return best;
  const bool low = doubt->score < doubt->usual_score;
  const std::string lead =
      (low ? "has " + significant(doubt->score) : "leads by " + significant(doubt->lead)) +
      ", usual are " + significant(low ? doubt->usual_score : doubt->usual) + " or more";
  switch (doubt->verdict) {
    case Verdict::kClear:
      return best + ", clearly";
    case Verdict::kPerhaps:
      return "perhaps " + best + ", perhaps " + name(doubt->rival) + " (it " + lead + ")";
    case Verdict::kNone:
      break;
  }
  return "none of these (" + best + " " + lead + ")";
}

std::size_t name_width(const Network& network) {
  const auto& longest = *std::ranges::max_element(network.classes, {}, &std::string::size);
  return std::max(kName, longest.size() + 2);
}

std::string in_column(const ScoreName& name, float score) {
  return name.probabilities ? percent(score) : significant(score);
}

// One picture in full: a row a label.
void print_table(const Network& network, const Reading& reading, const Picture& picture,
                 const std::optional<Scores>& read) {
  if (!read) {
    std::cout << name_of(picture) << ": nothing drawn\n";
    return;
  }
  const Scores& out = *read;
  const auto name = [&](int label) { return network.classes.at(static_cast<std::size_t>(label)); };
  const std::size_t width = name_width(network);
  constexpr std::size_t kColumn = 12;
  const auto each_column = [&](const auto& use) {
    for (std::size_t which = 0; which < out.names.size(); ++which)
      if (which == 0 || !out.names[which].sum) use(out.names[which], out.values[which]);
  };
  std::cout << name_of(picture) << ": " << answer_of(network, out) << "\n\n"
            << left("label", width);
  each_column([&](const ScoreName& score, const Matrix&) {
    const bool counts = score.layer < 0 || reading.counts(static_cast<std::size_t>(score.layer));
    const std::string text = heading(score);
    std::cout << right(counts ? text : "(" + text + ")", kColumn);
  });
  for (const int label : shown(out, kMostRows)) {
    std::cout << "\n"
              << (label == best_class(out.answer()) ? "->" : "  ") << right(name(label), width - 2);
    each_column([&](const ScoreName& score, const Matrix& values) {
      std::cout << right(in_column(score, values(0, label)), kColumn);
    });
  }
  std::cout << "\n";
}

// One of many pictures: a row. The goodness of all labels, or of the answer where they are many.
void print_row(const Network& network, const Picture& picture, const std::optional<Scores>& out,
               std::size_t file_width) {
  std::cout << left(name_of(picture), file_width);
  if (!out) {
    std::cout << "   nothing drawn\n";
    return;
  }
  const auto name = [&](const Matrix& scores) {
    return network.classes.at(static_cast<std::size_t>(best_class(scores)));
  };
  std::cout << right(name(out->answer()), name_width(network));
  if (network.calibration) {
    const auto doubt = ff::doubt(network, *out);
    std::cout << right(doubt ? std::string(name_of(doubt->verdict)) : "", kVerdict);
  }
  if (network.classes.size() > kMostColumns)
    std::cout << right(significant(out->answer().maxCoeff()), kScore);
  else
    for (const float score : row(out->answer())) std::cout << right(significant(score), kScore);
  for (std::size_t which = 1; which < out->names.size(); ++which)
    if (out->names[which].layer < 0)
      std::cout << right(name(out->values[which]), name_width(network))
                << right(in_column(out->names[which], out->values[which].maxCoeff()), 10);
  std::cout << "\n";
}

void print_header(const Network& network, std::size_t file_width) {
  const std::size_t width = name_width(network);
  const bool all = network.classes.size() <= kMostColumns;
  const std::string verdict = network.calibration ? right("verdict", kVerdict) : "";
  if (all) std::cout << left("", file_width + width + verdict.size()) << "   goodness of label\n";
  std::cout << left("image", file_width) << right("answer", width) << verdict;
  if (all)
    for (const std::string& name : network.classes)
      std::cout << right(name.substr(0, kScore - 1), kScore);
  else
    std::cout << right("good", kScore);
  const std::vector<ScoreName> scores = score_names(network);
  for (std::size_t which = 1; which < scores.size(); ++which)
    if (scores[which].layer < 0) std::cout << right(heading(scores[which]), 2 * kName);
  std::cout << "\n";
}

void print(const PredictOptions& options, const Network& network,
           const std::vector<Picture>& pictures) {
  const Reading reading = options.flags.reading(network);
  std::size_t file_width = 0;
  for (const Picture& picture : pictures)
    file_width = std::max(file_width, name_of(picture).size());
  const bool rows = !options.json && pictures.size() > 1;
  if (rows) print_header(network, file_width);
  for (const Picture& picture : pictures) {
    std::optional<Scores> out;
    if (!picture.pixels.empty()) out = read_image(network, picture.pixels, reading);
    if (options.json)
      print_json(network, picture, out);
    else if (rows)
      print_row(network, picture, out, file_width);
    else
      print_table(network, reading, picture, out);
  }
}

int predict(const PredictOptions& options) {
  const Network network = load_model(path_of(options.model)).network;
  const auto index = options.index ? std::optional<std::size_t>(*options.index) : std::nullopt;
  std::vector<Picture> pictures;
  int status = 0;
  for (const std::string& image : options.images) {
    try {
      std::ranges::move(load_pictures(path_of(image), network, index),
                        std::back_inserter(pictures));
    } catch (const std::exception& error) {  // one bad picture spares the others
      note(explain(error));
      status = kFailureStatus;
    }
  }
  print(options, network, pictures);
  return status;
}

}  // namespace

Command predict_command(CLI::App& program) {
  CLI::App* app = program.add_subcommand("predict", "Read pictures");
  const auto options = std::make_shared<PredictOptions>();
  app->add_option("MODEL", options->model, "A model or checkpoint that ff train wrote")->required();
  app->add_option(
         "IMAGE", options->images,
         "PNG or JPEG files, or IDX files, plain or gzip, of the shape that the net takes; - is "
         "standard input. A net that learnt MNIST takes any size: what is not 28x28 with bright "
         "ink "
         "on black, such as dark ink on light paper, is centred and sized as MNIST's digits are")
      ->required();
  app->add_option("--index", options->index,
                  "Only the image of that number, from 0, of each IDX file")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{999'999'999}))
      ->type_name("K");
  options->flags.add_to(*app);
  app->add_flag("--json", options->json, "Print a JSON object an image instead: see below");
  app->footer(
      "Fields of --json, an object an image:\n"
      "  image           its file\n"
      "  index           its number in an IDX file\n"
      "  label           the label of best goodness, from 0; null when nothing is drawn\n"
      "  class           its name\n"
      "  verdict         clear, perhaps or none: whether the label is to be trusted, or rather no\n"
      "                  class is meant; with the next five left out where the net has no\n"
      "                  thresholds\n"
      "  lead            of the label's goodness, or probability, over the second best\n"
      "  usual_lead      what it is for nearly all images that the net has not learnt from\n"
      "  score           the label's goodness, or probability; usual_score what it usually is\n"
      "  rival           the second best label\n"
      "  goodness        of every label, summed over the layers that count\n"
      "  layer_goodness  the same of every layer alone; upto_goodness of layers up to each\n"
      "  goodness_label, goodness_class  what that answers\n"
      "  softmax_label   the label of best probability in the one-pass softmax\n"
      "  softmax_class   its name\n"
      "  softmax         the probabilities of every label\n\n"
      "Examples:\n"
      "  ff predict model.safetensors seven.png\n"
      "  ff predict model.safetensors t10k-images-idx3-ubyte.gz --index 0");
  return {app, [options] { return predict(*options); }};
}

}  // namespace ff::cli
