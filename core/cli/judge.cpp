#include "judge.hpp"

#include <algorithm>
#include <utility>

namespace ff::cli {

JudgedImages held_out_images(const Config& config, std::shared_ptr<const Dataset> training) {
  const auto held_out = static_cast<std::size_t>(config.validation_images);
  const std::size_t first = training->count() - held_out;
  return {.split = "validation", .data = std::move(training), .first = first, .count = held_out};
}

JudgedImages test_images(std::shared_ptr<const Dataset> test) {
  const std::size_t all = test->count();
  return {.split = "test", .data = std::move(test), .first = 0, .count = all};
}

bool JudgedEpochs::includes(std::int64_t epoch, std::int64_t epochs) const {
  return epoch == epochs || epoch % every == 0 || (first && epoch == 1);
}

std::int64_t JudgedEpochs::after(std::int64_t epoch, std::int64_t epochs) const {
  std::int64_t count = 0;
  for (std::int64_t next = epoch + 1; next <= epochs; ++next) count += includes(next, epochs);
  return count;
}

std::optional<Evaluation> judge(const Network& network, const JudgedImages& images,
                                const std::function<bool(std::size_t)>& go_on,
                                const std::optional<Reading>& reading) {
  constexpr std::size_t kPiece = 128;
  Evaluation result;
  ScoreReader reader;
  for (std::size_t done = 0; done < images.count;) {
    const std::size_t piece = std::min(kPiece, images.count - done);
    result.add(reader.evaluate(network, *images.data, images.first + done, piece, 1, reading));
    done += piece;
    if (!go_on(done)) return std::nullopt;
  }
  return result;
}

}  // namespace ff::cli
