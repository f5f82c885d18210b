#include "model_metadata.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "ff/fields.hpp"
#include "ff/learning_rule.hpp"

namespace ff {
namespace {

constexpr std::string_view kFormat = "forward-forward 1";
constexpr auto kImages = "images";
constexpr auto kImagesHash = "images_hash";
constexpr auto kShape = "shape";
constexpr auto kClasses = "classes";
constexpr auto kCalibration = "calibration";
constexpr auto kUsualLead = "usual_lead";
constexpr auto kUsualScore = "usual_score";
constexpr std::int64_t kLargestInputs = 1 << 24;

std::string in_hexadecimal(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto [end, error] = std::to_chars(digits.begin(), digits.end(), number, 16);
  return {digits.begin(), end};
}

// What an error says, without its full stop, to go on with.
std::string clause(const Error& error) {
  const std::string sentence = error.what();
  return sentence.substr(0, sentence.size() - 1);
}

Config read_config(const ModelReader& reader) {
  if (reader.text("format") != kFormat)
    reader.fail("its format should be \"" + std::string(kFormat) + "\"");
  try {
    return in_effect(config_from_text(reader.text("config")));
  } catch (const Error& error) {
    reader.fail("in its config, " + clause(error));
  }
}

// What the metadata says as JSON; none of it in files of before it was told.
std::optional<Json> read_json(const ModelReader& reader, const std::string& key) {
  if (!reader.has_text(key)) return std::nullopt;
  return Json::parse(reader.text(key), nullptr, false);
}

Shape read_shape(const ModelReader& reader, std::size_t inputs) {
  const std::optional<Json> json = read_json(reader, kShape);
  if (!json) {  // then all images were square, and coloured ones those of CIFAR-10
    constexpr int kCifarSide = 32;
    constexpr int kColours = 3;
    const auto side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(inputs))));
    if (static_cast<std::size_t>(side) * side == inputs) return {1, side, side};
    return inputs == std::size_t{kColours} * kCifarSide * kCifarSide
               ? Shape{kColours, kCifarSide, kCifarSide}
               : Shape{1, 1, static_cast<int>(inputs)};
  }
  constexpr int kLargestSide = 65'536;
  const auto is_side = [](const Json& side) {
    return side.is_number_unsigned() && side >= 1 && side <= kLargestSide;
  };
  if (!json->is_array() || json->size() != 3 || !std::ranges::all_of(*json, is_side))
    reader.fail("its shape should be channels, height and width, three whole numbers from 1");
  const std::array<std::int64_t, 3> sides = {(*json)[0], (*json)[1], (*json)[2]};
  if (sides[0] * sides[1] > kLargestSide || sides[0] * sides[1] * sides[2] > kLargestInputs)
    reader.fail("its shape should be of images of at most " + amount(kLargestInputs) + " numbers");
  return {static_cast<int>(sides[0]), static_cast<int>(sides[1]), static_cast<int>(sides[2])};
}

std::vector<std::string> read_classes(const ModelReader& reader, const Config& config) {
  const std::optional<Json> json = read_json(reader, kClasses);
  if (!json) return class_names(config.dataset);
  const auto is_name = [](const Json& name) {
    return name.is_string() && !name.get_ref<const std::string&>().empty();
  };
  if (!json->is_array() || json->size() < kFewestClasses || json->size() > kMostClasses ||
      !std::ranges::all_of(*json, is_name))
    reader.fail("its classes should be 2 to 1000 names");
  return json->get<std::vector<std::string>>();
}

std::optional<Calibration> read_calibration(const ModelReader& reader) {
  const std::optional<Json> json = read_json(reader, kCalibration);
  if (!json) return std::nullopt;
  const auto number = [&](const char* name) {
    if (!json->is_object() || !json->contains(name) || !(*json)[name].is_number())
      reader.fail(std::string("its calibration should hold a ") + name + ", a number");
    return (*json)[name].get<float>();
  };
  return Calibration{.usual_lead = number(kUsualLead), .usual_score = number(kUsualScore)};
}

// The number, of the base 10 or 16, that the metadata holds.
std::uint64_t read_number(const ModelReader& reader, const std::string& key, int base,
                          std::uint64_t largest) {
  const std::string& text = reader.text(key);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size() || number > largest)
    reader.fail("its " + key + " should be a whole number");
  return number;
}

std::int64_t read_count(const ModelReader& reader, const std::string& key) {
  constexpr std::uint64_t kLargest = 999'999'999'999'999;
  return static_cast<std::int64_t>(read_number(reader, key, 10, kLargest));
}

}  // namespace

void write_metadata(const Network& network, TensorFile& file) {
  const auto [channels, height, width] = network.shape;
  file.metadata["format"] = kFormat;
  file.metadata["config"] = to_json(network.config).dump();
  file.metadata[kShape] = Json({channels, height, width}).dump();
  file.metadata[kClasses] = Json(network.classes).dump();
  if (const auto& calibration = network.calibration)
    file.metadata[kCalibration] =
        Json({{kUsualLead, calibration->usual_lead}, {kUsualScore, calibration->usual_score}})
            .dump();
}

void write_metadata(const TrainingState& state, TensorFile& file) {
  file.metadata["step"] = std::to_string(state.step);
  file.metadata[kImages] = std::to_string(state.data.images);
  file.metadata[kImagesHash] = in_hexadecimal(state.data.hash);
}

Network read_metadata(const ModelReader& reader) {
  const std::size_t inputs = reader.rows("layer1.weight");
  Network network{.config = read_config(reader),
                  .shape = read_shape(reader, inputs),
                  .classes = {},
                  .format = {},
                  .layers = {},
                  .softmax = {}};
  network.classes = read_classes(reader, network.config);
  network.calibration = read_calibration(reader);
  try {
    network.format = row_format(network.config, network.shape, network.classes.size());
    network.layers =
        plan_layers(network.config, network.shape, network.format, network.classes.size());
  } catch (const Error& error) {
    reader.fail("in its config, " + clause(error));
  }
  return network;
}

TrainingState read_state(const ModelReader& reader) {
  TrainingState state{.step = read_count(reader, "step")};
  if (!reader.has_text(kImages)) return state;  // a checkpoint of before there were marks
  state.data = {
      .images = read_count(reader, kImages),
      .hash = read_number(reader, kImagesHash, 16, std::numeric_limits<std::uint64_t>::max())};
  return state;
}

}  // namespace ff
