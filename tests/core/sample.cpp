#include "sample.hpp"

#include <numeric>
#include <utility>

namespace ff::test {

std::shared_ptr<const Dataset> blobs(int count, std::int64_t seed, int side) {
  Dataset data{.shape = {.channels = 1, .height = side, .width = side}, .pixels = {}, .labels = {}};
  for (int image = 0; image < count; ++image) {
    Random random(seed, RandomUse::kAugmentation, static_cast<std::uint64_t>(image));
    const int label = image % 10;
    for (int pixel = 0; pixel < side * side; ++pixel) {
      const bool lit = pixel % 10 == label || pixel / 5 % 10 == label;
      data.pixels.push_back(static_cast<std::uint8_t>((lit ? 150 : 0) + random.below(100)));
    }
    data.labels.push_back(static_cast<std::uint16_t>(label));
  }
  return std::make_shared<const Dataset>(std::move(data));
}

Network network_of(const Config& config, int side) {
  return make_network(config, {.channels = 1, .height = side, .width = side}, class_names("mnist"));
}

bool same_parameters(const Network& a, const Network& b) {
  bool same = true;
  each_parameter([&](const ParameterPlace&, const Parameter& one,
                     const Parameter& other) { same = same && one == other; },
                 a, b);
  return same;
}

RowFormat plain_rows(const Dataset& data) {
  return row_format(Config{}, data.shape, data.classes.size());
}

Config small_config() {
  Config config;
  config.layers = {24, 16};
  config.batch = 10;
  config.epochs = 4;
  return config;
}

LayerSpec layer_of(std::string_view text) {
  std::size_t mistake = 0;
  return layer_from_text(text, mistake).value();
}

std::vector<Config> every_path(std::vector<LayerSpec> layers) {
  Config hard = small_config();
  hard.layers = std::move(layers);
  hard.negatives = "hard";
  hard.shift = 1;
  hard.peer_strength = 0.03;
  Config hybrid = hard;
  hybrid.negatives = "hybrid";
  hybrid.activation = "student_t";
  hybrid.collaboration = CollaborationKind::kAll;
  Config regions = hard;
  regions.regions = 2;
  regions.goodness = "sum";
  regions.collaboration = CollaborationKind::kEarlier;
  Config fields = hard;
  fields.layers = {layer_of("conv 3x3x6 padding 1"), layer_of("local 3x3x5 stride 2"),
                   hard.layers.back()};
  return {hard, hybrid, regions, fields};
}

Config plain_steps(Config config) {
  config.optimiser = OptimiserKind::kSgd;
  config.momentum = 0.0;
  config.learning_rate = 0.05;
  config.softmax_rate = 0.0;
  config.decay_start = 1.0;
  return config;
}

namespace {

std::vector<std::uint32_t> first(std::uint32_t images) {
  std::vector<std::uint32_t> indices(images);
  std::iota(indices.begin(), indices.end(), 0U);
  return indices;
}

}  // namespace

Batch first_images(const Dataset& data, std::uint32_t images) {
  Batch batch;
  fill_batch(data, first(images), plain_rows(data), batch);
  return batch;
}

Scores read_first(const Network& network, const Dataset& data, std::uint32_t images,
                  const std::optional<Reading>& reading) {
  return read_out(network, data, first(images), reading);
}

Activity activity_of(const Matrix& units) {
  Activity activity;
  activity.resize(units.rows(), units.cols());
  activity.units() = units;
  activity.square_sum = units.rowwise().squaredNorm();
  activity.normalise();
  return activity;
}

}  // namespace ff::test
