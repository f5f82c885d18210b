#include "ff/batch.hpp"

#include <algorithm>
#include <cmath>

#include "ff/threads.hpp"

namespace ff {
namespace {

constexpr float kWhite = 255.0F;

void resize(std::size_t images, const RowFormat& format, std::size_t others, Batch& batch) {
  const auto pictures = static_cast<Eigen::Index>(images + others);
  batch.rows.resize(pictures + format.codes.rows(), format.columns());
  batch.square_sum.resize(pictures);
  batch.labels.resize(images);
  batch.shifts.clear();
}

// Makes room for the label in a row and measures what is left.
void make_room(Eigen::Index row, const RowFormat& format, Batch& batch) {
  auto pixels = batch.rows.row(row).head(format.pixels);
  pixels.head(format.cleared).setZero();
  batch.rows.row(row).tail(format.columns() - format.pixels).setZero();
  batch.square_sum[row] = pixels.squaredNorm();
}

// A row of pixels alone becomes one that a net is given.
void finish_row(Eigen::Index row, const RowFormat& format, Batch& batch) {
  auto pixels = batch.rows.row(row).head(format.pixels);
  if (format.centred) pixels.array() -= pixels.mean();
  make_room(row, format, batch);
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

void mirror(const Shape& shape, Eigen::Ref<RowVector> row) {
  for (Eigen::Index line = 0; line < row.size(); line += shape.width)
    row.segment(line, shape.width).reverseInPlace();
}

// What comes in at an edge is black, or of an image that is centred as bright as its mean.
void shifted_row(const Dataset& data, std::size_t index, Shift shift, bool centred,
                 Eigen::Ref<RowVector> row) {
  const int down = shift.down;
  const int right = shift.mirrored ? -shift.right : shift.right;
  const auto [channels, height, width] = data.shape;
  const auto image = data.image(index);
  row.setConstant(centred ? as_row(image).mean() : 0.0F);
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
  if (shift.mirrored) mirror(data.shape, row);
}

void fill_row(const Dataset& data, std::size_t index, Shift shift, const RowFormat& format,
              Eigen::Index row, Batch& batch) {
  auto pixels = batch.rows.row(row).head(format.pixels);
  if (shift.down != 0 || shift.right != 0 || shift.mirrored)
    shifted_row(data, index, shift, format.centred, pixels);
  else
    pixels = as_row(data.image(index));
  batch.labels[static_cast<std::size_t>(row)] = data.labels[index];
  finish_row(row, format, batch);
}

}  // namespace

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const RowFormat& format, Batch& batch, Shift shift) {
  resize(indices.size(), format, 0, batch);
  parallel_for(batch.images(), [&](std::int64_t row) {
    fill_row(data, indices[static_cast<std::size_t>(row)], shift, format, row, batch);
  });
  add_codes(format, batch);
}

void fill_batch(const Matrix& pictures, const RowFormat& format, Batch& batch) {
  resize(static_cast<std::size_t>(pictures.rows()), format, 0, batch);
  batch.labels.assign(batch.labels.size(), kNeutral);
  for (Eigen::Index row = 0; row < pictures.rows(); ++row) {
    batch.rows.row(row).head(format.pixels) = pictures.row(row);
    finish_row(row, format, batch);
  }
  add_codes(format, batch);
}

void fill_batch(const Dataset& data, std::span<const std::uint32_t> indices,
                const RowFormat& format, const Augmentation& augmentation, Random& random,
                Batch& batch) {
  const int shift = augmentation.shift;
  const Negatives& negatives = augmentation.negatives;
  const bool own = negatives.add_pictures != nullptr;
  const double share = own ? 1.0 : augmentation.outliers;
  const double others = std::ceil(share * static_cast<double>(indices.size()));
  resize(indices.size(), format, static_cast<std::size_t>(others), batch);
  const auto choices = static_cast<std::uint32_t>(2 * shift + 1);
  const bool moves = shift > 0 || augmentation.flips > 0.0;
  if (moves) batch.shifts.resize(indices.size());
  for (Shift& drawn : batch.shifts) {
    if (shift > 0) {
      drawn.down = static_cast<int>(random.below(choices)) - shift;
      drawn.right = static_cast<int>(random.below(choices)) - shift;
    }
    if (augmentation.flips > 0.0) drawn.mirrored = random.real() < augmentation.flips;
  }
  parallel_for(batch.images(), [&](std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    fill_row(data, indices[i], moves ? batch.shifts[i] : Shift{}, format, row, batch);
  });
  if (others > 0.0) {
    (own ? negatives.add_pictures : add_outliers)(data, random, batch);
    for (Eigen::Index row = batch.images(); row < batch.square_sum.size(); ++row)
      make_room(row, format, batch);
  }
  add_codes(format, batch);
}

}  // namespace ff
