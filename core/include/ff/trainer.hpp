#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/doubt.hpp"
#include "ff/learning_rule.hpp"
#include "ff/network.hpp"
#include "ff/one_pass.hpp"
#include "ff/pass.hpp"
#include "ff/report.hpp"

namespace ff {

/// Trains a net one minibatch a call. Whoever calls step() decides when to pause, report, save or
/// stop.
class Trainer {
 public:
  /// A fresh net. Throws Error when the config leaves no image to train on.
  Trainer(const Config& config, const std::shared_ptr<const Dataset>& data);

  /// Goes on with a net from where its run stood. Throws Error when its inputs do not fit the
  /// images, or when these are not the images that it began with.
  Trainer(Network network, const TrainingState& state, std::shared_ptr<const Dataset> data);

  /// One minibatch: its images are drawn, negatives are made, and the learning rule learns.
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

  /// What calibrates the net as it now is, by images that it has not learnt from.
  Calibrator calibrator() const { return {data_, train_count_}; }
  /// Keeps with the net what that came to.
  void keep(const Calibration& calibration) { network_.calibration = calibration; }

  Report report() const;
  /// The images of the last minibatch, and the labels its rows carried: [2 x batch], those of
  /// positives, then those of negatives; kNeutral where images carry none.
  const Batch& batch() const { return batch_; }
  std::span<const int> row_labels() const { return row_labels_; }

  const Network& network() const { return network_; }
  const TrainingState& state() const { return state_; }

 private:
  void prepare();
  void next_batch();
  void label_rows();
  std::int64_t activity_bytes() const;
  std::int64_t backprop_bytes() const;

  Network network_;
  TrainingState state_;
  std::shared_ptr<const Dataset> data_;
  std::size_t train_count_ = 0;
  std::vector<int> choices_;  ///< the labels that a negative may carry

  std::vector<std::uint32_t> order_;  ///< of the images in this epoch
  std::int64_t order_epoch_ = -1;
  Batch batch_;
  std::vector<int> row_labels_;  ///< [2 x batch] of positives, then of negatives
  Pass pass_;
  OnePass one_pass_;
  Matrix likely_;  // [images x classes] the softmax's, of what each image's negative shows
  std::unique_ptr<LearningRule> rule_;
  std::vector<RecentGoodness> recent_;
};

}  // namespace ff
