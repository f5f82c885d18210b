#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ff/network.hpp"

namespace ff {

/// One image twice: with a label that counts as true, and with one that counts as wrong.
struct ImagePair {
  std::span<const std::uint8_t> pixels;  ///< of the net's shape, 0 background to 255
  int label, rival;
};

/// What a layer says of a pair.
struct PairGoodness {
  float positive, negative;
  double loss;  ///< that the layer learns from
};

/// What a step makes of a layer.
struct LayerStep {
  Eigen::Index units;
  std::optional<float> threshold;  ///< on the scale of its goodness
  PairGoodness before, after;
  /// Between what the next layer sees of the positive and of the negative before the step, in
  /// degrees; 0 where either is silent.
  float angle;
};

/// How far a weight from an input to a unit of layer 1 moved.
struct WeightMove {
  Eigen::Index unit, input;
  float by;
};

/// What a step makes of a net.
struct OneStep {
  double rate;  ///< times which its slope each weight moved
  std::vector<LayerStep> layers;
  std::vector<WeightMove> moves;  ///< the largest first; none where fields share their weights
};

/// One step of a net's learning rule on a copy of it, with that pair as the whole minibatch (Hinton
/// 2022, section 2). All layers learn, by their loss's plain gradient: without the optimiser's
/// memory, decay and peer normalisation, which are not of the pair. No weight moves by more than
/// the config's learning rate, as no more than about that does with Adam. Tells of so many weights.
/// Throws Error when the net has no goodness of labels, or when these are not two of its classes.
OneStep one_step(const Network& network, const ImagePair& pair, std::size_t moves);

}  // namespace ff
