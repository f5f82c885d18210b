#include "judge.hpp"

#include <algorithm>

namespace ff::cli {

std::optional<Evaluation> judge(const Network& network, const JudgedImages& images,
                                const std::function<bool(std::size_t)>& go_on) {
  constexpr std::size_t kPiece = 128;
  Evaluation result;
  for (std::size_t done = 0; done < images.count;) {
    const std::size_t piece = std::min(kPiece, images.count - done);
    result.add(evaluate(network, *images.data, images.first + done, piece));
    done += piece;
    if (!go_on(done)) return std::nullopt;
  }
  return result;
}

}  // namespace ff::cli
