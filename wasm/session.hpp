#pragma once

#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>

#include "ff/model_file.hpp"
#include "ff/trainer.hpp"
#include "values.hpp"

namespace ff::wasm {

/// A net, its run and its data, as JavaScript sees them. Converts and forwards; no algorithm here.
/// A call that throws leaves everything as it was.
class Session {
 public:
  /// IDX files, unpacked. `split`: "train" or "test".
  void load_data(const std::string& split, const Bytes& images, const Bytes& labels);

  /// A fresh net from JSON; missing fields take their defaults.
  void configure(const std::string& config);
  /// Changes live fields of the present run.
  void adjust(const std::string& changes);
  std::string config() const;
  /// What tells positives from negatives: their labels, or one being hybrids; or there are none.
  PairsValue pairs() const;

  /// Minibatches until the time is used up, at least one; whether there is more to do.
  bool train(double milliseconds);
  bool step();
  /// Images seen, which report() tells as well, but with all it costs.
  double images();
  ReportValue report();
  /// The first images of the last minibatch, their masks and hybrids, [count x 784] each or fewer;
  /// empty without hybrids.
  HybridsValue hybrids(int count) const;
  EvaluationValue evaluate(int first, int count, int stride) const;

  AnswerValue classify(const Bytes& pixels) const;
  OptionalBytes prepare_drawing(const Bytes& pixels, int width, int height) const;
  LabelledImage test_image(int index) const;
  /// [count x 784] weights of so many units of layer 1, or fewer, spread evenly over it.
  Floats receptive_fields(int count) const;

  Bytes save(bool include_optimiser) const;
  void load(const Bytes& file);

 private:
  const Network& network() const;
  const Dataset& test() const;
  Trainer& trainer();

  std::shared_ptr<Dataset> train_, test_;
  std::optional<SavedModel> idle_;    ///< the net while no training has begun
  std::unique_ptr<Trainer> trainer_;  ///< owns the net once training has begun
};

}  // namespace ff::wasm
