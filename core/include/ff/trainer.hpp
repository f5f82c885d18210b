#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/network.hpp"
#include "ff/one_pass.hpp"
#include "ff/optimiser.hpp"
#include "ff/report.hpp"

namespace ff {

/// What a run must keep, beside its net, to go on as if it had never stopped.
struct TrainingState {
  std::int64_t step = 0;
  std::vector<LayerMoments> layers;
  SoftmaxMoments softmax;
  std::vector<RowVector>
      mean_activity;  ///< [layers] running mean of each unit, for peer normalisation
};

/// Trains a net one minibatch a call. Every layer learns from its own goodness alone; nothing flows
/// backward. Whoever calls step() decides when to pause, report, save or stop.
class Trainer {
 public:
  /// A fresh net. Throws Error when the config leaves no image to train on.
  Trainer(const Config& config, const std::shared_ptr<const Dataset>& data);

  /// Goes on with a net from where its run stood. Throws Error when its inputs do not fit the
  /// images.
  Trainer(Network network, TrainingState state, std::shared_ptr<const Dataset> data);

  /// One minibatch: each layer runs forward, is judged, learns, and passes on only its direction.
  /// Throws Error when a loss is not finite; the weights are then of no use.
  void step();

  bool finished() const { return state_.step >= steps(); }
  std::int64_t steps() const { return steps_per_epoch() * network_.config.epochs; }
  std::int64_t steps_per_epoch() const;
  /// Images trained on; those after them, if any, are held out for validation.
  std::size_t train_count() const { return train_count_; }

  /// Changes fields that may change while a run goes on. Throws Error when `config` differs in any
  /// other field.
  void adjust(const Config& config);

  Report report() const;
  /// The images of the last minibatch, and the labels its rows carried: [2 x batch], the true ones,
  /// then the wrong ones.
  const Batch& batch() const { return batch_; }
  std::span<const int> row_labels() const { return row_labels_; }

  const Network& network() const { return network_; }
  const TrainingState& state() const { return state_; }

 private:
  void prepare();
  void next_batch();
  void choose_negatives(const Matrix& probabilities);
  void learn_layer(std::size_t index);
  float judge_layer(std::size_t index);
  void add_peer_pull(std::size_t index);
  std::int64_t activity_bytes() const;
  std::int64_t backprop_bytes() const;

  Network network_;
  TrainingState state_;
  std::shared_ptr<const Dataset> data_;
  std::size_t train_count_ = 0;

  std::vector<std::uint32_t> order_;  ///< of the images in this epoch
  std::int64_t order_epoch_ = -1;
  Batch batch_;
  std::vector<int> row_labels_;  ///< [2 x batch] true ones, then wrong ones
  Matrix image_product_;         ///< layer 1's product with the images of this minibatch
  Vector input_scale_;
  Activity above_, below_;  ///< the layer that learns, and the one that feeds it
  OnePass one_pass_;
  PanelMatrix delta_;
  Workspace work_;
  Vector goodness_, coefficient_;
  std::vector<RecentGoodness> recent_;
};

}  // namespace ff
