#include <numeric>

#include "ff/goodness.hpp"
#include "layer_scores.hpp"

namespace ff {
namespace {

std::vector<int> every_label(Eigen::Index count, Eigen::Index images) {
  std::vector<int> labels;
  for (int label = 0; label < count; ++label)
    labels.insert(labels.end(), static_cast<std::size_t>(images), label);
  return labels;
}

// Rows of one label after another → a row an image, a column a label.
Matrix by_image(const Vector& goodness, Eigen::Index images) {
  return Eigen::Map<const Eigen::MatrixXf>(goodness.data(), images, goodness.size() / images);
}

std::vector<std::size_t> all_layers(const Network& network) {
  std::vector<std::size_t> layers(network.layers.size());
  std::iota(layers.begin(), layers.end(), std::size_t{0});
  return layers;
}

std::vector<ScoreName> names(const Network& network) {
  if (!reads_goodness(network.config)) return {};
  return layer_score_names("goodness", all_layers(network));
}

std::vector<Matrix> read(const Question& question) {
  const Network& network = question.network;
  const auto images = static_cast<Eigen::Index>(question.indices.size());
  Vector goodness;
  question.pass.label(every_label(network.labels(), images));
  return layer_scores(question, all_layers(network), [&](std::size_t, const Activity& activity) {
    measure_goodness(network.config, activity, goodness);
    return by_image(goodness, images);
  });
}

}  // namespace

/// Tries every label on every image: the goodness of the layers that count, summed; of each layer
/// alone; and of those that count up to each (Hinton 2022, section 3.3; Lorberbom et al. 2024,
/// figure 2).
extern const ReadOut kEveryLabel = {.names = names, .read = read};

}  // namespace ff
