#include "ff/doubt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace ff {
namespace {

constexpr std::size_t kMostImages = 10'000;
// Shares of images that are doubted for their lead and for their score: together fewer than 3 in
// 100. Where outliers were learnt the score tells them best.
constexpr double kLowLead = 0.003;
constexpr double kLowScore = 0.022;
constexpr float kTurn = 0.10F;       // radians
constexpr std::size_t kAtOnce = 32;  // images

// How far the best scores of an image are apart. Exact ties go to the lower class.
struct Ranking {
  int second = 0;
  float score = 0.0F;        // the best
  float lead = 0.0F;         // of the best over the second
  float second_lead = 0.0F;  // of the second over the third, if there is one
};

Ranking rank(const Matrix& scores, Eigen::Index image) {
  const auto row = scores.row(image);
  std::array<int, 3> best{};
  std::vector<int> labels(static_cast<std::size_t>(row.size()));
  std::iota(labels.begin(), labels.end(), 0);
  std::ranges::partial_sort_copy(
      labels, best, [&](int a, int b) { return std::pair(-row[a], a) < std::pair(-row[b], b); });
  const auto [first, second, third] = best;
  return {.second = second,
          .score = row[first],
          .lead = row[first] - row[second],
          .second_lead = row.size() > 2 ? row[second] - row[third] : 0.0F};
}

float at_share(std::vector<float> values, double share) {
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size()));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

// Those images turned about their middle, one to the left and the next to the right. `first`: how
// many came before.
Dataset turned(const Dataset& data, std::span<const std::uint32_t> indices, std::size_t first) {
  const int channels = data.shape.channels;
  const int height = data.shape.height;
  const int width = data.shape.width;
  Dataset result{.shape = data.shape, .classes = data.classes, .pixels = {}, .labels = {}};
  for (const std::uint32_t index : indices) {
    const auto image = data.image(index);
    const auto at = [&](int channel, int x, int y) {
      const int place = (channel * height + std::clamp(y, 0, height - 1)) * width;
      return static_cast<float>(image[static_cast<std::size_t>(place) +
                                      static_cast<std::size_t>(std::clamp(x, 0, width - 1))]);
    };
    const bool left = (first + result.labels.size()) % 2 == 0;
    const float sine = left ? std::sin(kTurn) : -std::sin(kTurn);
    const float cosine = std::cos(kTurn);
    for (int channel = 0; channel < channels; ++channel)
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
          const float right = static_cast<float>(x) - 0.5F * static_cast<float>(width - 1);
          const float down = static_cast<float>(y) - 0.5F * static_cast<float>(height - 1);
          const float u = cosine * right - sine * down + 0.5F * static_cast<float>(width - 1);
          const float v = sine * right + cosine * down + 0.5F * static_cast<float>(height - 1);
          const auto x0 = static_cast<int>(std::floor(u));
          const auto y0 = static_cast<int>(std::floor(v));
          const auto across = [&](int row) {
            return std::lerp(at(channel, x0, row), at(channel, x0 + 1, row),
                             u - static_cast<float>(x0));
          };
          const float value = std::lerp(across(y0), across(y0 + 1), v - static_cast<float>(y0));
          result.pixels.push_back(static_cast<std::uint8_t>(std::lround(value)));
        }
    result.labels.push_back(data.labels[index]);
  }
  return result;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClear:
      return "clear";
    case Verdict::kPerhaps:
      return "perhaps";
    case Verdict::kNone:
      break;
  }
  return "none";
}

std::optional<Doubt> doubt(const Network& network, const Scores& scores, Eigen::Index image) {
  if (!network.calibration || scores.reading != reading_of(network.config)) return std::nullopt;
  const Calibration& usual = *network.calibration;
  const Ranking ranking = rank(scores.answer(), image);
  Doubt doubt{.lead = ranking.lead,
              .usual = usual.usual_lead,
              .score = ranking.score,
              .usual_score = usual.usual_score,
              .rival = ranking.second,
              .verdict = Verdict::kNone};
  if (ranking.score < usual.usual_score) return doubt;
  if (ranking.lead >= usual.usual_lead)
    doubt.verdict = Verdict::kClear;
  else if (ranking.second_lead >= usual.usual_lead)
    doubt.verdict = Verdict::kPerhaps;
  return doubt;
}

Calibrator::Calibrator(std::shared_ptr<const Dataset> data, std::size_t learnt)
    : data_(std::move(data)), turned_(learnt == data_->count()) {
  const std::size_t first = turned_ ? 0 : learnt;
  const std::size_t there = data_->count() - first;
  const std::size_t count = std::min(kMostImages, there);
  for (std::size_t index = 0; index < count; ++index)
    indices_.push_back(static_cast<std::uint32_t>(first + index * there / count));
}

Scores Calibrator::next(const Network& network, std::size_t count) {
  const auto indices = std::span(indices_).subspan(done_, count);
  if (!turned_) return reader_.read(network, *data_, indices);
  std::vector<std::uint32_t> all(count);
  std::iota(all.begin(), all.end(), 0U);
  return reader_.read(network, turned(*data_, indices, done_), all);
}

std::size_t Calibrator::read(const Network& network, std::size_t count) {
  const std::size_t end = std::min(indices_.size(), done_ + count);
  const std::size_t begun = done_;
  while (done_ < end) {
    const std::size_t piece = std::min(kAtOnce, end - done_);
    const Scores scores = next(network, piece);
    for (Eigen::Index image = 0; image < scores.answer().rows(); ++image) {
      const Ranking ranking = rank(scores.answer(), image);
      leads_.push_back(ranking.lead);
      scores_.push_back(ranking.score);
    }
    done_ += piece;
  }
  return end - begun;
}

Calibration Calibrator::calibration() const {
  return {.usual_lead = at_share(leads_, kLowLead), .usual_score = at_share(scores_, kLowScore)};
}

}  // namespace ff
