#include "ff/read_out.hpp"

#include <algorithm>
#include <numeric>

#include "ff/goodness.hpp"
#include "ff/one_pass.hpp"

namespace ff {
namespace {

// Large enough for a product to pay, small enough that its ten times as many rows stay in cache.
constexpr std::size_t kBlock = 32;

std::vector<int> every_label(std::size_t images) {
  std::vector<int> labels;
  for (int label = 0; label < kLabels; ++label) labels.insert(labels.end(), images, label);
  return labels;
}

// Rows of one label after another → a row an image, a column a label.
Matrix by_image(const Vector& goodness, Eigen::Index images) {
  return Eigen::Map<const Eigen::MatrixXf>(goodness.data(), images, kLabels);
}

// Images on their way through a net, with any labels written in.
struct Pass {
  const Network& network;
  const Batch& batch;
  Matrix product;  // of layer 1 with the images, the same for every label
  Workspace work;

  // Calls use(layer, activity) for one layer after another. `labels` as forward_labelled.
  template <class Use>
  void run(std::span<const int> labels, Use use) {
    const auto strength = static_cast<float>(network.config.label_strength);
    Activity activity;
    Activity below;
    Vector scale;
    forward_labelled(network.layers[0], product, batch, labels, strength, work, scale, activity);
    use(std::size_t{0}, activity);
    for (std::size_t index = 1; index < network.layers.size(); ++index) {
      std::swap(activity, below);
      forward_hidden(network.layers[index], below, work, activity);
      use(index, activity);
    }
  }
};

void try_labels(Pass& pass, ReadOut& out) {
  const Network& network = pass.network;
  const Eigen::Index images = pass.batch.pixels.rows();
  const Goodness& measure = goodness(network.config.goodness);
  Vector goodness;
  out.total = Matrix::Zero(images, kLabels);
  pass.run(every_label(static_cast<std::size_t>(images)),
           [&](std::size_t index, const Activity& activity) {
             measure.measure(activity, goodness);
             out.goodness.push_back(by_image(goodness, images));
             if (network.counted(index)) out.total += out.goodness.back();
           });
}

// Exact ties go to the lower label, as a person reading down a list would take the first.
std::int64_t errors(const Matrix& scores, std::span<const int> labels) {
  std::int64_t wrong = 0;
  for (Eigen::Index row = 0; row < scores.rows(); ++row) {
    Eigen::Index best = 0;
    scores.row(row).maxCoeff(&best);
    wrong += best != labels[static_cast<std::size_t>(row)] ? 1 : 0;
  }
  return wrong;
}

Evaluation judge(const Network& network, const Batch& batch) {
  const ReadOut out = read_out(network, batch);
  Evaluation result{.images = batch.pixels.rows(),
                    .goodness_errors = errors(out.total, batch.labels),
                    .softmax_errors = 0,
                    .layer_errors = {}};
  if (network.has_softmax()) result.softmax_errors = errors(out.softmax, batch.labels);
  for (const Matrix& layer : out.goodness)
    result.layer_errors.push_back(errors(layer, batch.labels));
  return result;
}

}  // namespace

ReadOut read_out(const Network& network, const Batch& batch) {
  ReadOut out;
  Pass pass{.network = network, .batch = batch, .product = {}, .work = {}};
  image_product(network.layers.front(), batch.pixels, pass.work, pass.product);
  try_labels(pass, out);
  if (network.has_softmax()) out.softmax = OnePass().run(network, pass.product, batch, pass.work);
  return out;
}

void Evaluation::add(const Evaluation& other) {
  images += other.images;
  goodness_errors += other.goodness_errors;
  softmax_errors += other.softmax_errors;
  layer_errors.resize(std::max(layer_errors.size(), other.layer_errors.size()));
  for (std::size_t i = 0; i < other.layer_errors.size(); ++i)
    layer_errors[i] += other.layer_errors[i];
}

Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                    std::size_t count, std::size_t stride) {
  Evaluation result;
  Batch batch;
  std::vector<std::uint32_t> indices;
  for (std::size_t index = first; index < data.count() && count > 0; index += stride, --count) {
    indices.push_back(static_cast<std::uint32_t>(index));
    const bool last = count == 1 || index + stride >= data.count();
    if (indices.size() < kBlock && !last) continue;
    fill_batch(data, indices, batch);
    result.add(judge(network, batch));
    indices.clear();
  }
  return result;
}

}  // namespace ff
