#include "ff/batch.hpp"

#include <algorithm>

namespace ff {
namespace {

constexpr float kWhite = 255.0F;

void shape(const Dataset& data, std::size_t images, Batch& batch) {
  batch.pixels.resize(static_cast<Eigen::Index>(images), data.image_size());
  batch.labels.resize(images);
}

// Gives the label pixels over to the label and measures what is left.
void finish(Batch& batch) {
  batch.pixels.leftCols(kLabels).setZero();
  batch.square_sum = batch.pixels.rowwise().squaredNorm();
}

void shifted_row(const Dataset& data, std::size_t index, int down, int right,
                 Eigen::Ref<RowVector> row) {
  const auto image = data.image(index);
  row.setZero();
  const int left = std::max(0, right);
  const int end = std::min(data.width, data.width + right);
  for (int y = std::max(0, down); y < std::min(data.height, data.height + down); ++y) {
    const std::uint8_t* from = image.data() + (y - down) * data.width - right;
    for (int x = left; x < end; ++x) row[y * data.width + x] = static_cast<float>(from[x]) / kWhite;
  }
}

}  // namespace

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices, Batch& batch) {
  shape(data, indices.size(), batch);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const auto image = data.image(indices[i]);
    const Eigen::Map<const Eigen::Matrix<std::uint8_t, 1, Eigen::Dynamic>> bytes(image.data(),
                                                                                 data.image_size());
    batch.pixels.row(static_cast<Eigen::Index>(i)) = bytes.cast<float>() / kWhite;
    batch.labels[i] = data.labels[indices[i]];
  }
  finish(batch);
}

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices, int shift,
                Random& random, Batch& batch) {
  if (shift == 0) return fill_batch(data, indices, batch);
  shape(data, indices.size(), batch);
  const auto choices = static_cast<std::uint32_t>(2 * shift + 1);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const int down = static_cast<int>(random.below(choices)) - shift;
    const int right = static_cast<int>(random.below(choices)) - shift;
    shifted_row(data, indices[i], down, right, batch.pixels.row(static_cast<Eigen::Index>(i)));
    batch.labels[i] = data.labels[indices[i]];
  }
  finish(batch);
}

void fill_batch(std::span<const std::uint8_t> image, Batch& batch) {
  const auto size = static_cast<Eigen::Index>(image.size());
  const Eigen::Map<const Eigen::Matrix<std::uint8_t, 1, Eigen::Dynamic>> bytes(image.data(), size);
  batch.pixels = bytes.cast<float>() / kWhite;
  batch.labels.assign(1, kNeutral);
  finish(batch);
}

RowVector label_pixels(int label, float strength) {
  if (label == kNeutral) return RowVector::Constant(kLabels, strength / kLabels);
  RowVector pixels = RowVector::Zero(kLabels);
  pixels[label] = strength;
  return pixels;
}

}  // namespace ff
