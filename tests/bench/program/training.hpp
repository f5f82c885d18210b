#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "ff/fields.hpp"
#include "ff/trainer.hpp"
#include "race.hpp"

namespace ff::bench {

/// Whole training steps on real images.
class Training {
 public:
  /// `images` is called when the first training begins.
  explicit Training(Images images) : images_(std::move(images)) {}

  /// {"layers", "batch", "threads", "seconds"} -> {"images_per_second", "gflops", "steps",
  /// "activity_bytes", "backprop_bytes"}, with {"rule": "class_goodness"} of a net whose layers
  /// learn so. The last net is kept: when requests about one shape follow each other, it goes on
  /// learning. `gflops` counts necessary arithmetic only, of a convolution what it takes without a
  /// transform.
  Json measure(const Json& request);

 private:
  Trainer& trainer(const Config& config);

  Images images_;
  std::optional<Config> config_;  ///< that the trainer began with
  std::unique_ptr<Trainer> trainer_;
};

}  // namespace ff::bench
