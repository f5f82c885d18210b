#include <utility>

#include "ff/goodness.hpp"
#include "ff/read_out.hpp"

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

std::vector<ScoreName> names(const Network& network) {
  if (!reads_goodness(network.config)) return {};
  std::vector<ScoreName> all = {{"goodness", "goodness"}};
  const auto layers = static_cast<int>(network.layers.size());
  for (int layer = 0; layer < layers; ++layer)
    all.push_back({"layer", "goodness of layer " + std::to_string(layer + 1) + " alone", layer});
  for (int layer = 0; layer < layers; ++layer)
    all.push_back({"upto", "goodness of layers up to " + std::to_string(layer + 1), layer});
  return all;
}

std::vector<Matrix> read(const Question& question) {
  const auto& [network, data, indices, reading, pass] = question;
  const auto images = static_cast<Eigen::Index>(indices.size());
  Activity activity;
  Activity below;
  Vector goodness;
  std::vector<Matrix> alone;
  std::vector<Matrix> upto;
  Matrix sum = Matrix::Zero(images, network.labels());
  pass.label(every_label(network.labels(), images));
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    std::swap(activity, below);
    pass.forward(network, index, below, activity);
    measure_goodness(network.config, activity, goodness);
    alone.push_back(by_image(goodness, images));
    if (reading.counts(index)) sum += alone.back();
    upto.push_back(sum);
  }
  std::vector<Matrix> all = {std::move(sum)};
  for (auto* part : {&alone, &upto})
    all.insert(all.end(), std::move_iterator(part->begin()), std::move_iterator(part->end()));
  return all;
}

}  // namespace

/// Tries every label on every image: the goodness of the layers that count, summed; of each layer
/// alone; and of those that count up to each. What a layer adds is the difference to the one before
/// (Hinton 2022, section 3.3; Lorberbom et al. 2024, figure 2).
extern const ReadOut kEveryLabel = {.names = names, .read = read};

}  // namespace ff
