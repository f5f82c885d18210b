#pragma once

#include <cstddef>
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
enum class DecayKind { kLine, kCosine };

inline constexpr int kMostLayers = 32;

/// Everything a run depends on. A config and its seed give the same weights to the bit on the same
/// build. What each field means, its range and unit: fields.cpp, the one place they are described.
struct Config {
  std::string dataset = "mnist";
  int train_images = 0;
  int validation_images = 0;
  InputsKind inputs = InputsKind::kPlain;
  int shift = 0;
  double flips = 0.0;

  std::vector<LayerSpec> layers = {500, 500};
  std::string activation = "relu";
  std::string normalisation = "length";
  double dropout = 0.0;
  int black_box = 0;

  std::string rule = "forward_forward";
  LossesKind losses = LossesKind::kWhole;
  std::string class_goodness = "projection";
  int span = 1;
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
  double outliers = 0.0;

  OptimiserKind optimiser = OptimiserKind::kAdam;
  double learning_rate = 0.001;
  double momentum = 0.9;
  double beta2 = 0.999;
  double weight_decay = 0.0;
  double warm_up = 0.0;
  double decay_start = 0.5;
  DecayKind decay = DecayKind::kLine;
  double peer_strength = 0.0;

  int batch = 100;
  int epochs = 20;
  std::int64_t seed = 1;

  int first_counted_layer = 1;
  int last_counted_layer = kMostLayers;
  double softmax_rate = 0.001;
  int softmax_shift = 0;

  bool operator==(const Config&) const = default;
};

/// Whether layer `index` (from 0) is one of those from `first` to `last` (from 1), which count.
inline bool counts(std::size_t index, int first, int last) {
  const int number = static_cast<int>(index) + 1;
  return number >= first && number <= last;
}

/// Whether the loss is that of a softmax, of the whole net or of each layer, not of goodness.
bool learns_by_softmax(const Config& config);

/// Whether each layer, or the last of each few, has a goodness for every class.
bool reads_classes(const Config& config);

/// Whether labels are written into the images, so that a label's goodness can be read.
bool reads_goodness(const Config& config);

/// The config with every field that does not matter at its default, so that nothing which nobody
/// sees has a say.
Config in_effect(Config config);

/// Throws Error when fields that matter contradict each other: hard negatives without a softmax to
/// draw them from, or no layer counted in the read-out.
void check(const Config& config);

/// That of a run with what may change while it goes on as `wanted` has it. Throws Error naming a
/// field that would have to change and may not.
Config adjusted(Config present, const Config& wanted);

/// That of another run of a net that has learnt, as `wanted` has it in effect. A run may change how
/// a net learns, not what it is: throws Error naming a field that would have to change.
Config for_another_run(const Config& present, const Config& wanted);

/// What the label's pixel holds; 0 when labels are not written into the images.
float label_strength(const Config& config);

}  // namespace ff
