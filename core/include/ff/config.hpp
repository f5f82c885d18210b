#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ff {

enum class GoodnessKind { kSumOfSquares, kMeanOfSquares };
enum class ObjectiveKind { kLogistic, kPairwise, kSwish };
enum class NegativesKind { kUniform, kHard };
enum class OptimiserKind { kAdam, kSgd };

/// Everything a run depends on. A config and its seed give the same weights to the bit on the same
/// build. What each field means, its range and unit: fields.cpp, the one place they are described.
struct Config {
  std::string dataset = "mnist";
  int train_images = 0;
  int validation_images = 0;

  std::vector<int> layers = {500, 500};
  GoodnessKind goodness = GoodnessKind::kMeanOfSquares;

  ObjectiveKind objective = ObjectiveKind::kSwish;
  double threshold = 1.0;
  double sharpness = 6.0;

  double label_strength = 5.0;
  NegativesKind negatives = NegativesKind::kUniform;
  int shift = 0;

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

  bool operator==(const Config&) const = default;
};

}  // namespace ff
