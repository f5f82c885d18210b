#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ff/network.hpp"
#include "ff/pass.hpp"

namespace ff {

/// How a trained net is read. None of it touches a weight.
struct Reading {
  int first_counted_layer;  ///< from 1; the goodness of those before does not count
  int last_counted_layer;   ///< nor that of those after
  int softmax_shift;        ///< softmax and class goodness look at all places up to so many pixels
                            ///< away each way, and at mirrored images if such were learnt

  bool counts(std::size_t index) const {
    return ff::counts(index, first_counted_layer, last_counted_layer);
  }
  bool operator==(const Reading&) const = default;
};

/// As the config of a run has it.
Reading reading_of(const Config& config);

/// Images that a net is asked about, and how.
struct Question {
  const Network& network;
  const Dataset& data;
  std::span<const std::uint32_t> indices;  ///< of the images
  Reading reading;
  Pass& pass;                         ///< begun with those images
  std::array<Activity, 2>& activity;  ///< memory for two layers' activity
};

/// What scores are called.
struct ScoreName {
  std::string_view name;  ///< as a figure of a record is named after it: softmax_error
  std::string title;
  int layer = -1;              ///< from 0, where there is one a layer
  bool probabilities = false;  ///< whether the scores of an image add up to 1
  bool sum = false;            ///< of scores of other names
};

/// A way of reading a net: a score for every image and class.
/// A new one: a file in src/read_outs/ and its name in read_outs.cpp.
struct ReadOut {
  /// Of each kind of score that it gives of such a net; none where it cannot read it.
  std::vector<ScoreName> (*names)(const Network& network);
  /// The scores, [images x classes] each, in the order of the names.
  std::vector<Matrix> (*read)(const Question& question);
};

/// All there are; an answer goes by the first score of the first that can read a net.
std::span<const ReadOut* const> read_outs();

/// The names of all scores of such a net, in their order.
std::vector<ScoreName> score_names(const Network& network);

/// All that a net says of some images.
struct Scores {
  Reading reading;  ///< how they were read
  std::vector<ScoreName> names;
  std::vector<Matrix> values;  ///< [names] each [images x classes]

  /// What answers go by: the best wins.
  const Matrix& answer() const { return values.front(); }
  /// Those of a name, a layer each or the only one; none where the net has none.
  std::vector<const Matrix*> of(std::string_view name) const;
};

/// Reads the images of those indices by all read-outs; as reading_of says unless told otherwise.
Scores read_out(const Network& network, const Dataset& data, std::span<const std::uint32_t> indices,
                const std::optional<Reading>& reading = {});

/// The same of one image of the net's shape, 0 background to 255.
Scores read_image(const Network& network, std::span<const std::uint8_t> pixels,
                  const std::optional<Reading>& reading = {});

/// The class with the best score of an image. Exact ties go to the lower one, as a person reading
/// down a list would take the first.
int best_class(const Matrix& scores, Eigen::Index image = 0);

/// Errors over some images.
struct Evaluation {
  struct Tally {
    ScoreName score;
    std::int64_t errors;  ///< the best score at a wrong class
  };

  std::int64_t images = 0;
  std::vector<Tally> tallies;           ///< of every score; the first is of the answers
  std::vector<std::uint16_t> answers;   ///< [images] the class that each was taken for
  std::vector<std::uint16_t> labels;    ///< [images] the one that it is of
  std::optional<std::int64_t> clear{};  ///< images not doubted; nothing without a calibration

  std::int64_t errors() const { return tallies.empty() ? 0 : tallies.front().errors; }
  /// Of the score of that name, such as "softmax", and layer if there is one a layer; 0 where there
  /// is none.
  std::int64_t errors(std::string_view name, int layer = -1) const;
  double error() const { return rate(errors()); }
  double rate(std::int64_t errors) const {
    return images == 0 ? 0.0 : static_cast<double>(errors) / static_cast<double>(images);
  }
  void add(const Evaluation& other);
};

/// Judges the images first, first + stride, … of `data`, `count` of them or as many as there are.
Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                    std::size_t count, std::size_t stride = 1,
                    const std::optional<Reading>& reading = {});

/// Reads and judges some images after others in the same memory, which each of the functions above
/// takes anew.
class ScoreReader {
 public:
  Scores read(const Network& network, const Dataset& data, std::span<const std::uint32_t> indices,
              const std::optional<Reading>& reading = {});
  Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                      std::size_t count, std::size_t stride = 1,
                      const std::optional<Reading>& reading = {});

 private:
  Batch batch_;
  Pass pass_;
  std::array<Activity, 2> activity_;
};

}  // namespace ff
