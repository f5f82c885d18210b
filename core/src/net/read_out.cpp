#include "ff/read_out.hpp"

#include <algorithm>

#include "ff/doubt.hpp"

namespace ff {
namespace {

// Large enough for a product to pay, small enough that its ten times as many rows stay in cache.
constexpr std::size_t kBlock = 32;

std::optional<std::int64_t> count_clear(const Network& network, const Scores& scores) {
  std::int64_t clear = 0;
  for (Eigen::Index image = 0; image < scores.answer().rows(); ++image) {
    const auto doubt = ff::doubt(network, scores, image);
    if (!doubt) return std::nullopt;
    clear += doubt->verdict == Verdict::kClear ? 1 : 0;
  }
  return clear;
}

Evaluation judge(const Network& network, Scores scores, std::vector<std::uint16_t> labels) {
  Evaluation result;
  result.images = scores.answer().rows();
  result.clear = count_clear(network, scores);
  for (std::size_t which = 0; which < scores.values.size(); ++which) {
    std::int64_t wrong = 0;
    for (Eigen::Index image = 0; image < result.images; ++image) {
      const int best = best_class(scores.values[which], image);
      wrong += best != labels[static_cast<std::size_t>(image)] ? 1 : 0;
      if (which == 0) result.answers.push_back(static_cast<std::uint16_t>(best));
    }
    result.tallies.push_back({std::move(scores.names[which]), wrong});
  }
  result.labels = std::move(labels);
  return result;
}

}  // namespace

Reading reading_of(const Config& config) {
  return {.first_counted_layer = config.first_counted_layer,
          .last_counted_layer = config.last_counted_layer,
          .softmax_shift = config.softmax_shift};
}

std::vector<ScoreName> score_names(const Network& network) {
  std::vector<ScoreName> all;
  for (const ReadOut* read_out : read_outs())
    for (ScoreName& name : read_out->names(network)) all.push_back(std::move(name));
  return all;
}

std::vector<const Matrix*> Scores::of(std::string_view name) const {
  std::vector<const Matrix*> found;
  for (std::size_t which = 0; which < names.size(); ++which)
    if (names[which].name == name) found.push_back(&values[which]);
  return found;
}

Scores ScoreReader::read(const Network& network, const Dataset& data,
                         std::span<const std::uint32_t> indices,
                         const std::optional<Reading>& reading) {
  fill_batch(data, indices, network.format, batch_);
  pass_.start(batch_);
  Scores scores{.reading = reading.value_or(reading_of(network.config)),
                .names = score_names(network),
                .values = {}};
  const Question question = {.network = network,
                             .data = data,
                             .indices = indices,
                             .reading = scores.reading,
                             .pass = pass_,
                             .activity = activity_};
  for (const ReadOut* read_out : read_outs())
    if (!read_out->names(network).empty())
      for (Matrix& values : read_out->read(question)) scores.values.push_back(std::move(values));
  return scores;
}

Scores read_out(const Network& network, const Dataset& data, std::span<const std::uint32_t> indices,
                const std::optional<Reading>& reading) {
  return ScoreReader().read(network, data, indices, reading);
}

Scores read_image(const Network& network, std::span<const std::uint8_t> pixels,
                  const std::optional<Reading>& reading) {
  const Dataset image{.shape = network.shape,
                      .classes = network.classes,
                      .pixels = {pixels.begin(), pixels.end()},
                      .labels = {0}};
  return read_out(network, image, std::vector<std::uint32_t>{0}, reading);
}

int best_class(const Matrix& scores, Eigen::Index image) {
  Eigen::Index best = 0;
  scores.row(image).maxCoeff(&best);
  return static_cast<int>(best);
}

std::int64_t Evaluation::errors(std::string_view name, int layer) const {
  const auto found = std::ranges::find_if(tallies, [&](const Tally& tally) {
    return tally.score.name == name && tally.score.layer == layer;
  });
  return found == tallies.end() ? 0 : found->errors;
}

void Evaluation::add(const Evaluation& other) {
  if (tallies.empty()) {
    *this = other;
    return;
  }
  images += other.images;
  if (clear) *clear += other.clear.value_or(0);
  answers.insert(answers.end(), other.answers.begin(), other.answers.end());
  labels.insert(labels.end(), other.labels.begin(), other.labels.end());
  for (std::size_t which = 0; which < other.tallies.size(); ++which)
    tallies[which].errors += other.tallies[which].errors;
}

Evaluation ScoreReader::evaluate(const Network& network, const Dataset& data, std::size_t first,
                                 std::size_t count, std::size_t stride,
                                 const std::optional<Reading>& reading) {
  Evaluation result;
  std::vector<std::uint32_t> indices;
  std::vector<std::uint16_t> labels;
  for (std::size_t index = first; index < data.count() && count > 0; index += stride, --count) {
    indices.push_back(static_cast<std::uint32_t>(index));
    labels.push_back(data.labels[index]);
    const bool last = count == 1 || index + stride >= data.count();
    if (indices.size() < kBlock && !last) continue;
    result.add(judge(network, read(network, data, indices, reading), labels));
    indices.clear();
    labels.clear();
  }
  return result;
}

Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                    std::size_t count, std::size_t stride, const std::optional<Reading>& reading) {
  return ScoreReader().evaluate(network, data, first, count, stride, reading);
}

}  // namespace ff
