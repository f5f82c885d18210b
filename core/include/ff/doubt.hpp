#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "ff/calibration.hpp"
#include "ff/read_out.hpp"

namespace ff {

/// Whether a picture is clearly of the class that it is taken for; perhaps of that or of the
/// second, which both stand out from the others; or of none, where no class does, or the best has a
/// score that is low for any.
enum class Verdict { kClear, kPerhaps, kNone };

/// "clear", "perhaps" or "none".
std::string_view name_of(Verdict verdict);

/// How far an answer is to be trusted.
struct Doubt {
  float lead;   ///< of the best class over the second, by what answers go by
  float usual;  ///< what it is for nearly all images of a class; below it an answer is doubted
  float score;  ///< of the best class
  float usual_score;  ///< the same of it
  int rival;          ///< the second class
  Verdict verdict;
};

/// Of one of the images that scores are of; nothing while the net has no calibration, or when it
/// was read otherwise than its config says.
std::optional<Doubt> doubt(const Network& network, const Scores& scores, Eigen::Index image = 0);

/// Finds out, some images at a time, what a net's readings are like of images that it has not
/// learnt from: those after the first `learnt` or, where there are none, those learnt from, each
/// turned a little, so that it is new to the net.
class Calibrator {
 public:
  Calibrator(std::shared_ptr<const Dataset> data, std::size_t learnt);

  /// Reads so many more images; returns how many there were.
  std::size_t read(const Network& network, std::size_t count);

  /// Of the images read; at least one.
  Calibration calibration() const;

 private:
  Scores next(const Network& network, std::size_t count);

  std::shared_ptr<const Dataset> data_;
  std::vector<std::uint32_t> indices_;  ///< of the images to be read
  bool turned_;
  std::size_t done_ = 0;
  std::vector<float> leads_, scores_;
  ScoreReader reader_;
};

}  // namespace ff
