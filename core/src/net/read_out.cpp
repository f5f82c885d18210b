#include "ff/read_out.hpp"

#include <algorithm>
#include <numeric>

#include "ff/goodness.hpp"
#include "ff/one_pass.hpp"

namespace ff {
namespace {

// Large enough for a product to pay, small enough that its ten times as many rows stay in cache.
constexpr std::size_t kBlock = 32;

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

void try_labels(const Network& network, const Reading& reading, Pass& pass, ReadOut& out) {
  const Eigen::Index images = pass.batch().images();
  Activity activity;
  Activity below;
  Vector goodness;
  out.total = Matrix::Zero(images, network.labels());
  pass.label(every_label(network.labels(), images));
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    std::swap(activity, below);
    pass.forward(network, index, below, activity);
    measure_goodness(network.config, activity, goodness);
    out.goodness.push_back(by_image(goodness, images));
    if (reading.counts(index)) out.total += out.goodness.back();
  }
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

Evaluation judge(const Network& network, const ReadOut& out, const Reading& reading,
                 std::span<const int> labels) {
  Evaluation result;
  result.images = out.total.rows();
  result.errors = errors(out.total, labels);
  if (network.has_softmax()) result.softmax_errors = errors(out.softmax, labels);
  Matrix upto = Matrix::Zero(out.total.rows(), network.labels());
  for (std::size_t index = 0; index < out.goodness.size(); ++index) {
    result.layer_errors.push_back(errors(out.goodness[index], labels));
    if (reading.counts(index)) upto += out.goodness[index];
    result.upto_errors.push_back(errors(upto, labels));
  }
  return result;
}

// The mean of the probabilities where the images are, [images x classes], and of those at the
// places around, up to `reach` pixels away each way.
Matrix look_around(const Network& network, const Dataset& data,
                   std::span<const std::uint32_t> indices, int reach, Matrix probabilities) {
  Batch batch;
  Pass pass;
  OnePass one_pass;
  for (int down = -reach; down <= reach; ++down)
    for (int right = -reach; right <= reach; ++right) {
      if (down == 0 && right == 0) continue;
      fill_batch(data, indices, network.format, batch, {.down = down, .right = right});
      pass.start(batch);
      probabilities += one_pass.run(network, pass);
    }
  return probabilities / static_cast<float>((2 * reach + 1) * (2 * reach + 1));
}

void add_to(const std::vector<std::int64_t>& more, std::vector<std::int64_t>& sums) {
  sums.resize(std::max(sums.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) sums[i] += more[i];
}

}  // namespace

Reading reading_of(const Network& network) {
  return {.first_counted_layer = network.config.first_counted_layer,
          .softmax_shift = network.config.softmax_shift};
}

ReadOut read_out(const Network& network, const Batch& batch,
                 const std::optional<Reading>& reading) {
  ReadOut out;
  Pass pass;
  pass.start(batch);
  if (network.has_softmax()) out.softmax = OnePass().run(network, pass);
  if (reads_goodness(network.config))
    try_labels(network, reading.value_or(reading_of(network)), pass, out);
  else
    out.total = out.softmax;
  return out;
}

ReadOut read_out(const Network& network, const Dataset& data,
                 std::span<const std::uint32_t> indices, const std::optional<Reading>& reading) {
  const int reach = reading.value_or(reading_of(network)).softmax_shift;
  Batch batch;
  fill_batch(data, indices, network.format, batch);
  ReadOut out = read_out(network, batch, reading);
  if (!network.has_softmax() || reach == 0) return out;
  out.softmax = look_around(network, data, indices, reach, std::move(out.softmax));
  if (!reads_goodness(network.config)) out.total = out.softmax;
  return out;
}

ReadOut read_image(const Network& network, std::span<const std::uint8_t> pixels,
                   const std::optional<Reading>& reading) {
  const Dataset image{.shape = network.shape,
                      .classes = network.classes,
                      .pixels = {pixels.begin(), pixels.end()},
                      .labels = {0}};
  return read_out(network, image, std::vector<std::uint32_t>{0}, reading);
}

void Evaluation::add(const Evaluation& other) {
  images += other.images;
  errors += other.errors;
  softmax_errors += other.softmax_errors;
  add_to(other.layer_errors, layer_errors);
  add_to(other.upto_errors, upto_errors);
}

Evaluation evaluate(const Network& network, const Dataset& data, std::size_t first,
                    std::size_t count, std::size_t stride, const std::optional<Reading>& reading) {
  Evaluation result;
  std::vector<std::uint32_t> indices;
  std::vector<int> labels;
  for (std::size_t index = first; index < data.count() && count > 0; index += stride, --count) {
    indices.push_back(static_cast<std::uint32_t>(index));
    labels.push_back(data.labels[index]);
    const bool last = count == 1 || index + stride >= data.count();
    if (indices.size() < kBlock && !last) continue;
    result.add(judge(network, read_out(network, data, indices, reading),
                     reading.value_or(reading_of(network)), labels));
    indices.clear();
    labels.clear();
  }
  return result;
}

}  // namespace ff
