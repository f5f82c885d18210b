#include "ff/batch.hpp"

#include <algorithm>

#include "ff/threads.hpp"

namespace ff {
namespace {

constexpr float kWhite = 255.0F;

void resize(std::size_t images, const RowFormat& format, bool twice, Batch& batch) {
  const auto pictures = static_cast<Eigen::Index>(twice ? 2 * images : images);
  batch.rows.resize(pictures + format.codes.rows(), format.columns());
  batch.square_sum.resize(pictures);
  batch.labels.resize(images);
  batch.shifts.clear();
}

// Makes room for the label in a row and measures what is left.
void finish_row(Eigen::Index row, const RowFormat& format, Batch& batch) {
  auto pixels = batch.rows.row(row).head(format.pixels);
  if (format.centred) pixels.array() -= pixels.mean();
  pixels.head(format.cleared).setZero();
  batch.rows.row(row).tail(format.columns() - format.pixels).setZero();
  batch.square_sum[row] = pixels.squaredNorm();
}

void add_codes(const RowFormat& format, Batch& batch) {
  batch.rows.bottomRows(format.codes.rows()) = format.codes;
  batch.code_squares = format.code_squares;
  if (format.overlaps)
    batch.overlap.noalias() = batch.pictures() * format.codes.transpose();
  else
    batch.overlap.resize(0, 0);
}

auto as_row(std::span<const std::uint8_t> image) {
  using Bytes = Eigen::Map<const Eigen::Matrix<std::uint8_t, 1, Eigen::Dynamic>>;
  const Bytes bytes(image.data(), static_cast<Eigen::Index>(image.size()));
  return bytes.cast<float>() / kWhite;
}

void shifted_row(const Dataset& data, std::size_t index, Shift shift, Eigen::Ref<RowVector> row) {
  const auto [down, right] = shift;
  const auto [channels, height, width] = data.shape;
  const auto image = data.image(index);
  row.setZero();
  const int left = std::max(0, right);
  const int end = std::min(width, width + right);
  for (int channel = 0; channel < channels; ++channel) {
    const int plane = channel * width * height;
    for (int y = std::max(0, down); y < std::min(height, height + down); ++y) {
      const int to = plane + y * width;
      const std::uint8_t* from = image.data() + plane + (y - down) * width - right;
      for (int x = left; x < end; ++x) row[to + x] = static_cast<float>(from[x]) / kWhite;
    }
  }
}

void fill_row(const Dataset& data, std::size_t index, Shift shift, const RowFormat& format,
              Eigen::Index row, Batch& batch) {
  auto pixels = batch.rows.row(row).head(format.pixels);
  if (shift.down != 0 || shift.right != 0)
    shifted_row(data, index, shift, pixels);
  else
    pixels = as_row(data.image(index));
  batch.labels[static_cast<std::size_t>(row)] = data.labels[index];
  finish_row(row, format, batch);
}

}  // namespace

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const RowFormat& format, Batch& batch, Shift shift) {
  resize(indices.size(), format, false, batch);
  parallel_for(batch.images(), [&](std::int64_t row) {
    fill_row(data, indices[static_cast<std::size_t>(row)], shift, format, row, batch);
  });
  add_codes(format, batch);
}

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const RowFormat& format, const Augmentation& augmentation, Random& random,
                Batch& batch) {
  const int shift = augmentation.shift;
  const Negatives& negatives = augmentation.negatives;
  resize(indices.size(), format, negatives.add_pictures != nullptr, batch);
  const auto choices = static_cast<std::uint32_t>(2 * shift + 1);
  if (shift > 0) batch.shifts.resize(indices.size());
  for (Shift& drawn : batch.shifts) {
    drawn.down = static_cast<int>(random.below(choices)) - shift;
    drawn.right = static_cast<int>(random.below(choices)) - shift;
  }
  parallel_for(batch.images(), [&](std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    fill_row(data, indices[i], shift > 0 ? batch.shifts[i] : Shift{}, format, row, batch);
  });
  if (negatives.add_pictures != nullptr) negatives.add_pictures(data, random, batch);
  add_codes(format, batch);
}

}  // namespace ff
