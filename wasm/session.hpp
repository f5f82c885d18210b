#pragma once

#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "ff/model_file.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "values.hpp"

namespace ff::wasm {

/// A net, its run and its data, as JavaScript sees them. Converts and forwards; no algorithm here.
/// A call that throws leaves everything as it was.
class Session {
 public:
  Session() = default;
  /// A net at rest, and images to test it on.
  Session(Network network, Dataset test)
      : test_(std::make_shared<Dataset>(std::move(test))),
        idle_(SavedModel{.network = std::move(network), .state = {}, .resumable = false}) {}

  /// IDX files, unpacked. `split`: "train" or "test".
  void load_data(const std::string& split, const Bytes& images, const Bytes& labels);
  /// The images that another session has, without a copy.
  void share_data(const Session& other);
  /// Images of classes of those names, [784] pixels and a label each.
  void load_images(const std::string& split, const Bytes& pixels, const Bytes& labels,
                   const Names& classes);

  /// A fresh net from JSON; missing fields take their defaults.
  void configure(const std::string& config);
  /// The same for images of other classes than its data set's.
  void configure_for(const std::string& config, const Names& classes);
  /// The present net with more classes; from there a run of its own may begin, some settings
  /// changed.
  void widen(const Names& names, const std::string& changes);
  /// Changes live fields of the present run.
  void adjust(const std::string& changes);
  std::string config() const;
  Names classes() const;
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
  /// Every `stride`-th of a split's images from `first` on. `split`: "test", or "validation", which
  /// are the last of the training images, as many as the config holds out.
  EvaluationValue evaluate(const std::string& split, int first, int count, int stride);
  /// Looks, from image 0 on, at how the net reads images that it has not learnt from; returns how
  /// many there were. When fewer than `count`, these were the last, and answers have a verdict.
  int calibrate(int first, int count);

  AnswerValue classify(const Bytes& pixels) const;
  /// One step on a copy of the net for an image with a label and a wrong one, and the weights of
  /// layer 1 that it moved most, so many.
  OneStepValue one_step(const Bytes& pixels, int label, int rival, int moves) const;
  OptionalBytes prepare_drawing(const Bytes& pixels, int width, int height) const;
  /// Of a split as evaluate() has it.
  LabelledImage image(const std::string& split, int index) const;
  /// [count x 784] weights of so many units of layer 1, or fewer, spread evenly over it.
  Floats receptive_fields(int count) const;

  /// `kind`: "resumable" with all that training needs to go on, "whole" without it, or "half" with
  /// numbers of half the size.
  Bytes save(const SaveKind& kind) const;
  void load(const Bytes& file);

  /// For those that look inside.
  const Network& network() const;
  /// The images of a split that a net is tested on: those from `first` on.
  struct Judged {
    const Dataset& data;
    std::size_t first;
  };
  Judged judged(const std::string& split) const;

 private:
  void take(SavedModel model);
  std::shared_ptr<Dataset>& place_of(const std::string& split);
  Trainer& trainer();

  std::shared_ptr<Dataset> train_, test_;
  std::optional<SavedModel> idle_;    ///< the net while no training has begun
  std::unique_ptr<Trainer> trainer_;  ///< owns the net once training has begun
  std::optional<Calibrator> calibrator_;
  ScoreReader reader_;  ///< of the images that the net is tested on
};

}  // namespace ff::wasm
