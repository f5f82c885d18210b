#include "ff/one_pass.hpp"
#include "ff/read_out.hpp"
#include "views.hpp"

namespace ff {
namespace {

std::vector<ScoreName> softmax_names(const Network& network) {
  if (!network.has_softmax() || reads_classes(network.config)) return {};
  return {{.name = "softmax", .title = "one-pass softmax", .probabilities = true}};
}

std::vector<Matrix> read_softmax(const Question& question) {
  return mean_over_views(question, [](const Question& view) -> std::vector<Matrix> {
    return {OnePass().run(view.network, view.pass)};
  });
}

}  // namespace

/// Probabilities by one pass with a neutral label, averaged over the views that the softmax looks
/// at (Hinton 2022, section 3.3).
extern const ReadOut kSoftmaxReadOut = {.names = softmax_names, .read = read_softmax};

}  // namespace ff
