#include "judge.hpp"

#include <algorithm>

#include "ff/error.hpp"

namespace ff::cli {

std::optional<Evaluation> judge(const Network& network, const JudgedImages& images,
                                const std::function<bool(std::size_t)>& go_on) {
  constexpr std::size_t kPiece = 128;
  if (images.data->image_size() != network.inputs())
    throw Error("The " + images.split + " images have " +
                std::to_string(images.data->image_size()) + " pixels, the net takes " +
                std::to_string(network.inputs()) + ".");
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
