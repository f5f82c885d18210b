#include "session.hpp"

#include <emscripten/emscripten.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <utility>

#include "ff/drawing.hpp"
#include "ff/fields.hpp"
#include "ff/memory.hpp"
#include "ff/read_out.hpp"

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

// A fresh net before its run has begun: resumable, from step 0.
SavedModel fresh(const Config& config) {
  const std::vector<std::string> classes = class_names(config.dataset);
  check_memory(config, kShape, classes.size(),
               static_cast<std::int64_t>(emscripten_get_heap_max()));
  return {.network = make_network(config, kShape, classes), .state = {}, .resumable = true};
}

}  // namespace

void Session::load_data(const std::string& split, const Bytes& images, const Bytes& labels) {
  guarded([&] {
    if (split != "train" && split != "test")
      throw Error("split: expected \"train\" or \"test\", got \"" + split.substr(0, 20) + "\".");
    auto data = std::make_shared<Dataset>(
        dataset_from_idx(from(images), from(labels), split + " images", split + " labels"));
    if (data->shape != kShape)
      throw Error(split + " images: expected 28x28 pixels, got " + in_words(data->shape) + ".");
    (split == "train" ? train_ : test_) = std::move(data);
  });
}

void Session::configure(const std::string& config) {
  guarded([&] {
    SavedModel model = fresh(config_from_text(config));
    idle_ = std::move(model);
    trainer_.reset();
  });
}

void Session::adjust(const std::string& changes) {
  guarded([&] { trainer().adjust(config_from_text(changes, network().config)); });
}

std::string Session::config() const {
  return guarded([&] { return to_json(network().config).dump(); });
}

PairsValue Session::pairs() const {
  return guarded([&] {
    const Config& config = network().config;
    const bool hybrids = negatives(config.negatives).add_pictures != nullptr;
    const char* kind = hybrids ? "hybrids" : "labels";
    return PairsValue(emscripten::val(learns_by_softmax(config) ? "none" : kind));
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

EvaluationValue Session::evaluate(int first, int count, int stride) const {
  return guarded([&] {
    if (first < 0 || count < 0 || stride < 1)
      throw Error("evaluate: expected first and count from 0 on and stride from 1 on.");
    return to_value(ff::evaluate(network(), test(), static_cast<std::size_t>(first),
                                 static_cast<std::size_t>(count),
                                 static_cast<std::size_t>(stride)));
  });
}

AnswerValue Session::classify(const Bytes& pixels) const {
  return guarded([&] {
    const std::vector<std::uint8_t> image = digit(pixels);
    return to_value(read_image(network(), image), network(), inputs_of(network(), image));
  });
}

OptionalBytes Session::prepare_drawing(const Bytes& pixels, int width, int height) const {
  return guarded([&] {
    GreyImage drawing{.width = width, .height = height, .pixels = from(pixels)};
    const auto digit = digit_from_drawing(drawing);
    return OptionalBytes(digit ? emscripten::val(bytes(*digit)) : emscripten::val::null());
  });
}

LabelledImage Session::test_image(int index) const {
  return guarded([&] {
    const auto place = static_cast<std::size_t>(index);
    if (index < 0 || place >= test().count())
      throw Error("test image: expected 0 to " + std::to_string(test().count() - 1) + ", got " +
                  std::to_string(index) + ".");
    emscripten::val value = emscripten::val::object();
    value.set("pixels", bytes(test().image(place)));
    value.set("label", test().labels[place]);
    return LabelledImage(value);
  });
}

Floats Session::receptive_fields(int count) const {
  return guarded([&] {
    const Layer& first = network().layers.front();
    const Matrix weights = scattered(first.fields, first.weights.matrix());
    const Eigen::Index shown = std::clamp<Eigen::Index>(count, 0, weights.cols());
    Matrix fields(shown, kPixels);
    for (Eigen::Index field = 0; field < shown; ++field)
      fields.row(field) = weights.col(field * weights.cols() / shown).head(kPixels).transpose();
    return floats({fields.data(), static_cast<std::size_t>(fields.size())});
  });
}

Bytes Session::save(bool include_optimiser) const {
  return guarded([&] {
    if (include_optimiser && trainer_)
      return bytes(save_checkpoint(trainer_->network(), trainer_->state()));
    return bytes(save_model(network(), TensorType::kF32));
  });
}

void Session::load(const Bytes& file) {
  guarded([&] {
    SavedModel model = load_model(from(file), "model file");
    if (model.network.shape != kShape)
      throw Error("model file: a net for images of 28x28 pixels was expected, it takes " +
                  in_words(model.network.shape) + ".");
    idle_ = std::move(model);
    trainer_.reset();
  });
}

const Network& Session::network() const {
  if (trainer_) return trainer_->network();
  if (!idle_) throw Error("session: configure or load a net first.");
  return idle_->network;
}

const Dataset& Session::test() const {
  if (!test_) throw Error("session: load the test images first.");
  return *test_;
}

Trainer& Session::trainer() {
  if (trainer_) return *trainer_;
  const Config& config = network().config;
  if (!train_) throw Error("session: load the training images first.");
  SavedModel start = idle_->resumable ? *idle_ : fresh(config);
  // IDX files name no classes; the net does.
  if (train_->classes.size() == start.network.classes.size())
    train_->classes = start.network.classes;
  trainer_ = std::make_unique<Trainer>(std::move(start.network), start.state, train_);
  idle_.reset();
  return *trainer_;
}

}  // namespace ff::wasm
