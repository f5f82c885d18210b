#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include "command.hpp"
#include "ff/drawing.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/model_file.hpp"
#include "ff/read_out.hpp"
#include "pictures.hpp"
#include "standard_streams.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

constexpr std::size_t kDigit = 7;  // width of a column of digits read
constexpr std::size_t kScore = 8;  // width of a column of goodness

struct PredictOptions {
  std::string model;
  std::vector<std::string> images;
  std::optional<std::int64_t> index;
  bool json = false;
};

int best(const Matrix& scores) {
  Eigen::Index label = 0;
  scores.row(0).maxCoeff(&label);
  return static_cast<int>(label);
}

std::string name_of(const Picture& picture) {
  return picture.file + (picture.index ? "[" + std::to_string(*picture.index) + "]" : "");
}

std::vector<float> row(const Matrix& scores) { return {scores.data(), scores.data() + kLabels}; }

void print_json(const Picture& picture, const std::optional<ReadOut>& out) {
  Json json = {{"image", picture.file}};
  if (picture.index) json["index"] = *picture.index;
  json["label"] = out ? Json(best(out->total)) : Json(nullptr);
  if (out) {
    json["goodness"] = row(out->total);
    for (const Matrix& layer : out->goodness) json["layer_goodness"].push_back(row(layer));
    if (out->softmax.size() > 0) {
      json["softmax_label"] = best(out->softmax);
      json["softmax"] = row(out->softmax);
    }
  }
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

// One picture in full: a row a label.
void print_table(const Network& network, const Picture& picture,
                 const std::optional<ReadOut>& read) {
  if (!read) {
    std::cout << name_of(picture) << ": nothing drawn\n";
    return;
  }
  const ReadOut& out = *read;
  std::cout << name_of(picture) << ": " << best(out.total) << "\n\n";
  constexpr std::size_t kColumn = 12;
  std::cout << "label" << right("goodness", kColumn);
  for (std::size_t index = 0; index < out.goodness.size(); ++index)
    std::cout << right((network.counted(index) ? "layer " : "(layer) ") + std::to_string(index + 1),
                       kColumn);
  if (out.softmax.size() > 0) std::cout << right("softmax", kColumn);
  for (int label = 0; label < kLabels; ++label) {
    std::cout << "\n"
              << (label == best(out.total) ? "->" : "  ") << right(std::to_string(label), 3)
              << right(significant(out.total(0, label)), kColumn);
    for (const Matrix& layer : out.goodness)
      std::cout << right(significant(layer(0, label)), kColumn);
    if (out.softmax.size() > 0) std::cout << right(percent(out.softmax(0, label)), kColumn);
  }
  std::cout << "\n";
}

// One of many pictures: a row.
void print_row(const Picture& picture, const std::optional<ReadOut>& out, std::size_t name_width) {
  std::cout << left(name_of(picture), name_width);
  if (!out) {
    std::cout << "   nothing drawn\n";
    return;
  }
  std::cout << right(std::to_string(best(out->total)), kDigit);
  for (int label = 0; label < kLabels; ++label)
    std::cout << right(significant(out->total(0, label)), kScore);
  if (out->softmax.size() > 0) {
    const int label = best(out->softmax);
    std::cout << right(std::to_string(label), kDigit) << right(percent(out->softmax(0, label)), 10);
  }
  std::cout << "\n";
}

void print_header(const Network& network, std::size_t name_width) {
  std::cout << left("", name_width + kDigit) << "   goodness of label\n"
            << left("image", name_width) << right("digit", kDigit);
  for (int label = 0; label < kLabels; ++label) std::cout << right(std::to_string(label), kScore);
  std::cout << (network.has_softmax() ? right("softmax", 2 * kDigit) : "") << "\n";
}

void print(const PredictOptions& options, const Network& network,
           const std::vector<Picture>& pictures) {
  std::size_t name_width = 0;
  for (const Picture& picture : pictures)
    name_width = std::max(name_width, name_of(picture).size());
  const bool rows = !options.json && pictures.size() > 1;
  if (rows) print_header(network, name_width);
  for (const Picture& picture : pictures) {
    std::optional<ReadOut> out;
    if (!picture.pixels.empty()) out = read_digit(network, picture.pixels);
    if (options.json)
      print_json(picture, out);
    else if (rows)
      print_row(picture, out, name_width);
    else
      print_table(network, picture, out);
  }
}

int predict(const PredictOptions& options) {
  const Network network = load_model(path_of(options.model)).network;
  if (network.inputs() != kDigitSide * kDigitSide)
    fail_file(options.model, "expected a net with 784 inputs, one a pixel of 28x28, it has " +
                                 std::to_string(network.inputs()) + ".");
  const auto index = options.index ? std::optional<std::size_t>(*options.index) : std::nullopt;
  std::vector<Picture> pictures;
  int status = 0;
  for (const std::string& image : options.images) {
    try {
      std::ranges::move(load_pictures(path_of(image), index), std::back_inserter(pictures));
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
  CLI::App* app = program.add_subcommand("predict", "Read the digits in pictures");
  const auto options = std::make_shared<PredictOptions>();
  app->add_option("MODEL", options->model, "A model or checkpoint that ff train wrote")->required();
  app->add_option(
         "IMAGE", options->images,
         "PNG or JPEG files (28x28 with bright ink on black is taken as it is; any other size, and "
         "dark ink on light paper, is centred and sized as MNIST's digits are) or IDX files "
         "of 28x28 images, plain or gzip; - is standard input")
      ->required();
  app->add_option("--index", options->index,
                  "Only the image of that number, from 0, of each IDX file")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{999'999'999}))
      ->type_name("K");
  app->add_flag("--json", options->json, "Print a JSON object an image instead: see below");
  app->footer(
      "Fields of --json, an object an image:\n"
      "  image           its file\n"
      "  index           its number in an IDX file\n"
      "  label           the label of best goodness; null when nothing is drawn\n"
      "  goodness        of the labels 0 to 9, summed over the layers that count\n"
      "  layer_goodness  the same of every layer alone\n"
      "  softmax_label   the label of best probability in the one-pass softmax\n"
      "  softmax         the probabilities of the labels 0 to 9\n\n"
      "Examples:\n"
      "  ff predict model.safetensors seven.png\n"
      "  ff predict model.safetensors t10k-images-idx3-ubyte.gz --index 0");
  return {app, [options] { return predict(*options); }};
}

}  // namespace ff::cli
