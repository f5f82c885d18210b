#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ff/layer_spec.hpp"

namespace ff {

enum class OptimiserKind { kAdam, kSgd };
enum class InputsKind { kPlain, kCentred };
enum class GroupsKind { kLayer, kPlaces };
enum class LossesKind { kWhole, kLocal };
enum class PolarityKind { kHigh, kLow };
enum class CollaborationKind { kNone, kEarlier, kAll };
enum class ScheduleKind { kTogether, kInTurn, kApart };

/// Everything a run depends on. A config and its seed give the same weights to the bit on the same
/// build. What each field means, its range and unit: fields.cpp, the one place they are described.
struct Config {
  std::string dataset = "mnist";
  int train_images = 0;
  int validation_images = 0;
  InputsKind inputs = InputsKind::kPlain;
  int shift = 0;

  std::vector<LayerSpec> layers = {500, 500};
  std::string activation = "relu";
  int black_box = 0;

  std::string rule = "forward_forward";
  LossesKind losses = LossesKind::kWhole;
  int directions = 1;
  ScheduleKind schedule = ScheduleKind::kTogether;
  int phase = 1;

  std::string goodness = "mean_of_squares";
  PolarityKind polarity = PolarityKind::kHigh;
  int regions = 1;
  GroupsKind goodness_of = GroupsKind::kLayer;

  std::string objective = "swish";
  double threshold = 1.0;
  double sharpness = 6.0;
  CollaborationKind collaboration = CollaborationKind::kNone;

  std::string label_code = "first_pixels";
  double label_strength = 5.0;
  std::string negatives = "uniform";

  OptimiserKind optimiser = OptimiserKind::kAdam;
  double learning_rate = 0.001;
  double momentum = 0.9;
  double beta2 = 0.999;
  double weight_decay = 0.0;
  double decay_start = 0.5;
  double peer_strength = 0.0;

  int batch = 100;
  int epochs = 20;
  std::int64_t seed = 1;

  int first_counted_layer = 1;
  double softmax_rate = 0.001;
  int softmax_shift = 0;

  bool operator==(const Config&) const = default;
};

/// Whether the loss is that of a softmax, of the whole net or of each layer, not of goodness.
bool learns_by_softmax(const Config& config);

/// Whether labels are written into the images, so that a label's goodness can be read.
bool reads_goodness(const Config& config);

/// What the label's pixel holds; 0 when labels are not written into the images.
float label_strength(const Config& config);

}  // namespace ff
