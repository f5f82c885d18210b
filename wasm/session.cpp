#include "session.hpp"

#include <emscripten/emscripten.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <utility>

#include "ff/drawing.hpp"
#include "ff/fields.hpp"
#include "ff/memory.hpp"
#include "ff/read_out.hpp"
#include "ff/widened.hpp"

namespace ff::wasm {
namespace {

constexpr Shape kShape = {.channels = 1, .height = kDigitSide, .width = kDigitSide};
constexpr std::size_t kPixels = static_cast<std::size_t>(kDigitSide) * kDigitSide;

std::vector<std::uint8_t> from(const Bytes& bytes) {
  return emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes);
}

std::vector<std::uint8_t> digit(const Bytes& pixels) {
  std::vector<std::uint8_t> image = from(pixels);
  if (image.size() != kPixels)
    throw Error("image: expected 784 pixels, got " + std::to_string(image.size()) + ".");
  return image;
}

// [units x pixels] of some units of layer 1, spread over it. A field that all places share is shown
// once a unit, as large as the image.
Matrix pictures_of_weights(const Network& net, int count) {
  const Layer& first = net.layers.front();
  const LayerSpec& spec = net.config.layers.front();
  const bool shared = first.fields.shared();
  const Matrix weights =
      shared ? first.weights.matrix() : scattered(first.fields, first.weights.matrix());
  const Eigen::Index shown = std::clamp<Eigen::Index>(count, 0, weights.cols());
  Matrix pictures(shown, kPixels);
  for (Eigen::Index unit = 0; unit < shown; ++unit)
    for (Eigen::Index pixel = 0; pixel < pictures.cols(); ++pixel) {
      const Eigen::Index down = pixel / kShape.width * spec.height / kShape.height;
      const Eigen::Index right = pixel % kShape.width * spec.width / kShape.width;
      const Eigen::Index row = shared ? net.format.cleared + down * spec.width + right : pixel;
      pictures(unit, pixel) = weights(row, unit * weights.cols() / shown);
    }
  return pictures;
}

// What layer 1 sees of an image with each label, [classes x pixels].
Matrix inputs_of(const Network& net, const std::vector<std::uint8_t>& pixels) {
  const Dataset image{.shape = kShape, .classes = net.classes, .pixels = pixels, .labels = {0}};
  Batch batch;
  fill_batch(image, std::vector<std::uint32_t>{0}, net.format, batch);
  Matrix inputs = batch.pictures().leftCols(kPixels).replicate(net.labels(), 1);
  if (net.format.strength != 0.0F)
    inputs += net.format.strength * net.format.codes.topLeftCorner(net.labels(), kPixels);
  return inputs;
}

std::vector<std::string> from(const Names& names) {
  return emscripten::vecFromJSArray<std::string>(names);
}

// A fresh net before its run has begun: resumable, from step 0.
SavedModel fresh(const Config& config, const std::vector<std::string>& classes) {
  check_memory(config, kShape, classes.size(),
               static_cast<std::int64_t>(emscripten_get_heap_max()));
  return {.network = make_network(config, kShape, classes), .state = {}, .resumable = true};
}

}  // namespace

void Session::load_data(const std::string& split, const Bytes& images, const Bytes& labels) {
  guarded([&] {
    auto& place = place_of(split);
    auto data = std::make_shared<Dataset>(
        dataset_from_idx(from(images), from(labels), split + " images", split + " labels"));
    if (data->shape != kShape)
      throw Error(split + " images: expected 28x28 pixels, got " + in_words(data->shape) + ".");
    place = std::move(data);
  });
}

void Session::load_images(const std::string& split, const Bytes& pixels, const Bytes& labels,
                          const Names& classes) {
  guarded([&] {
    auto& place = place_of(split);
    auto data = std::make_shared<Dataset>(
        Dataset{.shape = kShape, .classes = from(classes), .pixels = from(pixels), .labels = {}});
    const std::vector<std::uint8_t> given = from(labels);
    data->labels.assign(given.begin(), given.end());
    if (data->pixels.size() != data->count() * kPixels)
      throw Error(split + " images: expected 784 pixels for each of " +
                  std::to_string(data->count()) + " labels.");
    if (std::ranges::any_of(data->labels,
                            [&](auto label) { return label >= data->classes.size(); }))
      throw Error(split + " labels: expected places among the " +
                  std::to_string(data->classes.size()) + " classes.");
    place = std::move(data);
  });
}

void Session::share_data(const Session& other) {
  train_ = other.train_;
  test_ = other.test_;
}

void Session::configure(const std::string& config) {
  guarded([&] {
    const Config wanted = config_from_text(config);
    take(fresh(wanted, class_names(wanted.dataset)));
  });
}

void Session::configure_for(const std::string& config, const Names& classes) {
  guarded([&] { take(fresh(config_from_text(config), from(classes))); });
}

void Session::widen(const Names& names, const std::string& changes) {
  guarded([&] {
    const Config run = config_from_text(changes, network().config);
    take({.network = widened(network(), from(names), run), .state = {}, .resumable = true});
  });
}

void Session::adjust(const std::string& changes) {
  guarded([&] { trainer().adjust(config_from_text(changes, network().config)); });
}

std::string Session::config() const {
  return guarded([&] { return to_json(network().config).dump(); });
}

Names Session::classes() const {
  return guarded([&] { return Names(emscripten::val::array(network().classes)); });
}

PairsValue Session::pairs() const {
  return guarded([&] {
    const Config& config = network().config;
    const bool hybrids = negatives(config.negatives).add_labels == nullptr;
    const char* pairs = hybrids ? "hybrids" : "labels";
    const char* kind = learns_by_softmax(config) ? "none" : pairs;
    return PairsValue(emscripten::val(reads_classes(config) ? "classes" : kind));
  });
}

bool Session::train(double milliseconds) {
  return guarded([&] {
    const double end = emscripten_get_now() + milliseconds;
    while (step() && emscripten_get_now() < end) {
    }
    return !trainer().finished();
  });
}

bool Session::step() {
  return guarded([&] {
    Trainer& run = trainer();
    if (!run.finished()) run.step();
    return !run.finished();
  });
}

double Session::images() {
  return guarded([&] {
    return static_cast<double>(trainer().state().step * trainer().network().config.batch);
  });
}

ReportValue Session::report() {
  return guarded([&] { return to_value(trainer().report()); });
}

HybridsValue Session::hybrids(int count) const {
  return guarded([&] {
    const Batch none;
    const Batch& batch = trainer_ ? trainer_->batch() : none;
    const Eigen::Index shown = std::clamp<Eigen::Index>(count, 0, batch.masks.rows());
    const auto rows = [&](const Matrix& from, Eigen::Index first) {
      const Matrix part = from.middleRows(first, shown);
      return floats({part.data(), static_cast<std::size_t>(part.size())});
    };
    emscripten::val value = emscripten::val::object();
    value.set("images", rows(batch.rows, 0));
    value.set("masks", rows(batch.masks, 0));
    value.set("hybrids", rows(batch.rows, shown > 0 ? batch.images() : 0));
    return HybridsValue(value);
  });
}

EvaluationValue Session::evaluate(const std::string& split, int first, int count, int stride) {
  return guarded([&] {
    if (first < 0 || count < 0 || stride < 1)
      throw Error("evaluate: expected first and count from 0 on and stride from 1 on.");
    const Judged images = judged(split);
    return to_value(
        reader_.evaluate(network(), images.data, images.first + static_cast<std::size_t>(first),
                         static_cast<std::size_t>(count), static_cast<std::size_t>(stride)));
  });
}

int Session::calibrate(int first, int count) {
  return guarded([&] {
    Trainer& run = trainer();
    if (first == 0) calibrator_ = run.calibrator();
    if (!calibrator_ || count < 1)
      throw Error("calibrate: expected to begin with image 0 and to go on with one or more.");
    const auto read = calibrator_->read(run.network(), static_cast<std::size_t>(count));
    if (std::cmp_less(read, count)) {
      run.keep(calibrator_->calibration());
      calibrator_.reset();
    }
    return static_cast<int>(read);
  });
}

AnswerValue Session::classify(const Bytes& pixels) const {
  return guarded([&] {
    const std::vector<std::uint8_t> image = digit(pixels);
    return to_value(read_image(network(), image), network(), inputs_of(network(), image));
  });
}

OneStepValue Session::one_step(const Bytes& pixels, int label, int rival, int moves) const {
  return guarded([&] {
    const std::vector<std::uint8_t> image = digit(pixels);
    return to_value(ff::one_step(network(), {.pixels = image, .label = label, .rival = rival},
                                 static_cast<std::size_t>(std::max(moves, 0))));
  });
}

OptionalBytes Session::prepare_drawing(const Bytes& pixels, int width, int height) const {
  return guarded([&] {
    GreyImage drawing{.width = width, .height = height, .pixels = from(pixels)};
    const auto digit = digit_from_drawing(drawing);
    return OptionalBytes(digit ? emscripten::val(bytes(*digit)) : emscripten::val::null());
  });
}

LabelledImage Session::image(const std::string& split, int index) const {
  return guarded([&] {
    const Judged images = judged(split);
    const std::size_t count = images.data.count() - images.first;
    const auto place = static_cast<std::size_t>(index);
    if (index < 0 || place >= count)
      throw Error(split + " image: expected 0 to " + std::to_string(count - 1) + ", got " +
                  std::to_string(index) + ".");
    const std::size_t label = images.data.labels[images.first + place];
    // IDX files name no classes; the net does.
    const auto& classes =
        label < network().classes.size() ? network().classes : images.data.classes;
    emscripten::val value = emscripten::val::object();
    value.set("pixels", bytes(images.data.image(images.first + place)));
    value.set("label", label);
    value.set("name", classes[label]);
    return LabelledImage(value);
  });
}

Floats Session::receptive_fields(int count) const {
  return guarded([&] {
    const Matrix weights = pictures_of_weights(network(), count);
    return floats({weights.data(), static_cast<std::size_t>(weights.size())});
  });
}

Bytes Session::save(const SaveKind& kind) const {
  return guarded([&] {
    const auto name = kind.as<std::string>();
    if (name == "resumable" && trainer_)
      return bytes(save_checkpoint(trainer_->network(), trainer_->state()));
    return bytes(save_model(network(), name == "half" ? TensorType::kF16 : TensorType::kF32));
  });
}

void Session::load(const Bytes& file) {
  guarded([&] {
    SavedModel model = load_model(from(file), "model file");
    if (model.network.shape != kShape)
      throw Error("model file: a net for images of 28x28 pixels was expected, it takes " +
                  in_words(model.network.shape) + ".");
    take(std::move(model));
  });
}

void Session::take(SavedModel model) {
  idle_ = std::move(model);
  trainer_.reset();
}

std::shared_ptr<Dataset>& Session::place_of(const std::string& split) {
  if (split != "train" && split != "test")
    throw Error("split: expected \"train\" or \"test\", got \"" + split.substr(0, 20) + "\".");
  return split == "train" ? train_ : test_;
}

const Network& Session::network() const {
  if (trainer_) return trainer_->network();
  if (!idle_) throw Error("session: configure or load a net first.");
  return idle_->network;
}

Session::Judged Session::judged(const std::string& split) const {
  const bool held_out = split == "validation";
  if (!held_out && split != "test")
    throw Error("split: expected \"validation\" or \"test\", got \"" + split.substr(0, 20) + "\".");
  const auto& data = held_out ? train_ : test_;
  if (!data)
    throw Error(std::string("session: load the ") + (held_out ? "training" : "test") +
                " images first.");
  if (!held_out) return {.data = *data, .first = 0};
  const auto validation = static_cast<std::size_t>(network().config.validation_images);
  return {.data = *data, .first = data->count() - std::min(validation, data->count())};
}

Trainer& Session::trainer() {
  if (trainer_) return *trainer_;
  const Config& config = network().config;
  if (!train_) throw Error("session: load the training images first.");
  SavedModel start = idle_->resumable ? *idle_ : fresh(config, network().classes);
  // IDX files name no classes; the net does.
  if (train_->classes.size() == start.network.classes.size())
    train_->classes = start.network.classes;
  trainer_ = std::make_unique<Trainer>(std::move(start.network), start.state, train_);
  idle_.reset();
  return *trainer_;
}

}  // namespace ff::wasm
