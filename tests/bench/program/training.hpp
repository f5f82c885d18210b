#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "ff/fields.hpp"
#include "ff/trainer.hpp"

namespace ff::bench {

/// Whole training steps on real images.
class Training {
 public:
  using Images = std::function<std::shared_ptr<const Dataset>()>;
  /// `images` is called when the first training begins.
  explicit Training(Images images) : images_(std::move(images)) {}

  /// {"layers", "batch", "threads", "seconds"} -> {"images_per_second", "gflops", "steps",
  /// "activity_bytes", "backprop_bytes"}. The last net is kept: when requests about one shape
  /// follow each other, it goes on learning. `gflops` counts necessary arithmetic only.
  Json measure(const Json& request);

 private:
  Trainer& trainer(const Config& config);

  Images images_;
  std::optional<Config> config_;  ///< that the trainer began with
  std::unique_ptr<Trainer> trainer_;
};

}  // namespace ff::bench
