#include "ff/one_pass.hpp"
#include "ff/read_out.hpp"

namespace ff {
namespace {

std::vector<ScoreName> softmax_names(const Network& network) {
  if (!network.has_softmax() || reads_classes(network.config)) return {};
  return {{.name = "softmax", .title = "one-pass softmax", .probabilities = true}};
}

// The mean of the probabilities where the images are, [images x classes], and of those at the
// places around, up to `reach` pixels away each way.
Matrix look_around(const Question& question, int reach, Matrix probabilities) {
  const Network& network = question.network;
  Batch batch;
  Pass around;
  OnePass one_pass;
  for (int down = -reach; down <= reach; ++down)
    for (int right = -reach; right <= reach; ++right) {
      if (down == 0 && right == 0) continue;
      fill_batch(question.data, question.indices, network.format, batch,
                 {.down = down, .right = right});
      around.start(batch);
      probabilities += one_pass.run(network, around);
    }
  return probabilities / static_cast<float>((2 * reach + 1) * (2 * reach + 1));
}

std::vector<Matrix> read_softmax(const Question& question) {
  Matrix here = OnePass().run(question.network, question.pass);
  const int reach = question.reading.softmax_shift;
  return {reach == 0 ? here : look_around(question, reach, std::move(here))};
}

}  // namespace

/// Probabilities by one pass with a neutral label, averaged over the places that the softmax looks
/// at (Hinton 2022, section 3.3).
extern const ReadOut kSoftmaxReadOut = {.names = softmax_names, .read = read_softmax};

}  // namespace ff
