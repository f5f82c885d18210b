#include "ff/batch.hpp"

#include <algorithm>

#include "ff/negatives.hpp"
#include "ff/threads.hpp"

namespace ff {
namespace {

constexpr float kWhite = 255.0F;

void shape(const Dataset& data, std::size_t images, bool hybrids, Batch& batch) {
  const auto rows = static_cast<Eigen::Index>(hybrids ? 2 * images : images);
  batch.pixels.resize(rows, data.image_size());
  batch.square_sum.resize(rows);
  batch.labels.resize(images);
  batch.shifts.clear();
  batch.masks.resize(hybrids ? rows / 2 : 0, data.width * data.height);
}

// Gives the label pixels of a row over to the label and measures what is left.
void finish_row(Eigen::Index row, InputsKind inputs, Batch& batch) {
  if (inputs == InputsKind::kCentred) batch.pixels.row(row).array() -= batch.pixels.row(row).mean();
  batch.pixels.row(row).head(kLabels).setZero();
  batch.square_sum[row] = batch.pixels.row(row).squaredNorm();
}

auto as_row(std::span<const std::uint8_t> image) {
  using Bytes = Eigen::Map<const Eigen::Matrix<std::uint8_t, 1, Eigen::Dynamic>>;
  const Bytes bytes(image.data(), static_cast<Eigen::Index>(image.size()));
  return bytes.cast<float>() / kWhite;
}

void shifted_row(const Dataset& data, std::size_t index, Shift shift, Eigen::Ref<RowVector> row) {
  const auto [down, right] = shift;
  const auto image = data.image(index);
  row.setZero();
  const int left = std::max(0, right);
  const int end = std::min(data.width, data.width + right);
  for (int channel = 0; channel < data.channels; ++channel) {
    const int plane = channel * data.width * data.height;
    for (int y = std::max(0, down); y < std::min(data.height, data.height + down); ++y) {
      const int to = plane + y * data.width;
      const std::uint8_t* from = image.data() + plane + (y - down) * data.width - right;
      for (int x = left; x < end; ++x) row[to + x] = static_cast<float>(from[x]) / kWhite;
    }
  }
}

void fill_row(const Dataset& data, std::size_t index, Shift shift, InputsKind inputs,
              Eigen::Index row, Batch& batch) {
  if (shift.down != 0 || shift.right != 0)
    shifted_row(data, index, shift, batch.pixels.row(row));
  else
    batch.pixels.row(row) = as_row(data.image(index));
  batch.labels[static_cast<std::size_t>(row)] = data.labels[index];
  finish_row(row, inputs, batch);
}

}  // namespace

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices, InputsKind inputs,
                Batch& batch, Shift shift) {
  shape(data, indices.size(), false, batch);
  parallel_for(batch.images(), [&](std::int64_t row) {
    fill_row(data, indices[static_cast<std::size_t>(row)], shift, inputs, row, batch);
  });
}

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const Augmentation& augmentation, Random& random, Batch& batch) {
  const int shift = augmentation.shift;
  shape(data, indices.size(), augmentation.hybrids, batch);
  const auto choices = static_cast<std::uint32_t>(2 * shift + 1);
  if (shift > 0) batch.shifts.resize(indices.size());
  for (Shift& drawn : batch.shifts) {
    drawn.down = static_cast<int>(random.below(choices)) - shift;
    drawn.right = static_cast<int>(random.below(choices)) - shift;
  }
  parallel_for(batch.images(), [&](std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    fill_row(data, indices[i], shift > 0 ? batch.shifts[i] : Shift{}, augmentation.inputs, row,
             batch);
  });
  if (augmentation.hybrids) add_hybrids(data, random, batch);
}

void fill_batch(std::span<const std::uint8_t> image, InputsKind inputs, Batch& batch) {
  batch.pixels = as_row(image);
  batch.square_sum.resize(1);
  batch.labels.assign(1, kNeutral);
  finish_row(0, inputs, batch);
}

RowVector label_pixels(int label, float strength) {
  if (label == kNeutral) return RowVector::Constant(kLabels, strength / kLabels);
  RowVector pixels = RowVector::Zero(kLabels);
  pixels[label] = strength;
  return pixels;
}

}  // namespace ff
