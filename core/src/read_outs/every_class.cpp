#include "ff/class_goodness.hpp"
#include "layer_scores.hpp"
#include "views.hpp"

namespace ff {
namespace {

std::vector<std::size_t> layers_with_goodness(const Network& network) {
  std::vector<std::size_t> found;
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    if (network.ends_span(index)) found.push_back(index);
  return found;
}

std::vector<ScoreName> names_of_classes(const Network& network) {
  if (!reads_classes(network.config)) return {};
  return layer_score_names("class goodness", layers_with_goodness(network));
}

std::vector<Matrix> read_every_class(const Question& question) {
  return mean_over_views(question, [](const Question& view) {
    view.pass.label_neutral();
    const auto measure = [&](std::size_t index, const Activity& activity) {
      Matrix goodness;
      measure_classes(view.network, index, activity, view.pass, goodness);
      return goodness;
    };
    return layer_scores(view, layers_with_goodness(view.network), measure);
  });
}

}  // namespace

/// One look, and of each layer its goodness for every class: of those that count, summed; of each
/// alone; and of those that count up to each.
extern const ReadOut kEveryClass = {.names = names_of_classes, .read = read_every_class};

}  // namespace ff
