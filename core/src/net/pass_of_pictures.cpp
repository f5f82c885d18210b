#include <algorithm>
#include <cmath>
#include <limits>

#include "../layer/products.hpp"
#include "../rows.hpp"
#include "ff/pass.hpp"

// Layer 1, which sees pictures under labels: each picture and each label is multiplied once.

namespace ff {
namespace {

// An image without ink or label has no direction; it stays 0 instead of becoming NaN.
constexpr float kLeastSquare = 1e-12F;

// The scaled delta of one panel, summed over the rows that carry each label.
void sum_by_code(std::span<const int> labels, float strength, const Vector& input_scale,
                 ConstPanelView delta, Eigen::Ref<Matrix, 0, Eigen::OuterStride<>> sums) {
  sums.setZero();
  for (Eigen::Index row = 0; row < delta.rows(); ++row) {
    const int label = labels[static_cast<std::size_t>(row)];
    sums.row(code_of(label, sums.rows())) += strength * input_scale[row] * delta.row(row);
  }
}

}  // namespace

Eigen::Index Pass::picture_of(Eigen::Index row) const {
  const Eigen::Index images = batch_->images();
  const Eigen::Index pictures = batch_->square_sum.size();
  const Eigen::Index first = 2 * images - (pictures - images);  // negative of a picture of its own
  if (rows() == pictures) return row;
  return pictures > images && row >= first ? images + row - first : row % images;
}

// Whether layer 1 is weighed and learns as the others do, because every row is a picture as it is.
// Where units share nothing it would be, too, but for the order in which numbers are added up.
bool Pass::shows_pictures(const Network& network) const {
  return network.layers[0].fields.shared() && network.format.strength == 0.0F &&
         rows() == batch_->square_sum.size();
}

void Pass::scale_inputs(const RowFormat& format, Eigen::Index rows) {
  input_scale_.resize(rows);
  for (Eigen::Index row = 0; row < rows; ++row) input_scale_[row] = input_scale(format, row);
}

// Rows that show the same picture, or carry the same label, share their product. Columns that are 0
// in neighbouring rows cost nothing.
void Pass::multiply_batch(const ReceptiveFields& fields, const PanelMatrix& weights,
                          Matrix& product) {
  product.resize(batch_->rows.rows(), weights.cols() * fields.count() / fields.sets());
  multiply(batch_->rows, fields, Zeros::kSkip, weights, unchanged(product), memory_);
}

float Pass::input_scale(const RowFormat& format, Eigen::Index row) const {
  const Batch& batch = *batch_;
  const Eigen::Index picture = picture_of(row);
  float square = batch.square_sum[picture];
  if (format.strength != 0.0F) {
    const Eigen::Index code =
        code_of(labels_[static_cast<std::size_t>(row)], batch.code_squares.size());
    const float overlap = batch.overlap.size() > 0 ? 2.0F * batch.overlap(picture, code) : 0.0F;
    square += format.strength * (format.strength * batch.code_squares[code] + overlap);
  }
  return std::sqrt(static_cast<float>(batch.rows.cols()) / std::max(square, kLeastSquare));
}

// Weighted sums of layer 1, and what shall be done with each row of them while it is at hand.
template <class Row>
void Pass::weigh_batch(const RowFormat& format, const ConstRow& bias, const Matrix& product,
                       Eigen::Ref<Matrix> sums, const Row& finish) {
  const Eigen::Index pictures = batch_->square_sum.size();
  over_rows(sums.rows(), [&](Eigen::Index row) {
    const Eigen::Index picture = picture_of(row);
    const float scale = input_scale(format, row);
    auto units = sums.row(row);
    if (format.strength == 0.0F) {
      units = scale * product.row(picture) + bias;
    } else {
      const int label = labels_[static_cast<std::size_t>(row)];
      const auto code = product.row(pictures + code_of(label, product.rows() - pictures));
      units = scale * (product.row(picture) + format.strength * code) + bias;
    }
    finish(row);
  });
}

void Pass::forward_batch(const RowFormat& format, const Layer& layer, bool rectify,
                         Activity& activity) {
  if (product_version_ != layer.weights.version)
    multiply_batch(layer.fields, layer.weights, product_);
  product_version_ = layer.weights.version;
  const float lowest = rectify ? 0.0F : -std::numeric_limits<float>::infinity();
  const ConstRow bias = bias_by_unit(layer.fields, layer.bias);
  weigh_batch(format, bias, product_, activity.units(), [&](Eigen::Index row) {
    auto units = activity.units().row(row);
    units = units.cwiseMax(lowest);
    activity.square_sum[row] = units.squaredNorm();
  });
}

void Pass::weigh_batch_along(const RowFormat& format, const ReceptiveFields& fields,
                             const Layer& along, const Eigen::Ref<Matrix>& sums) {
  multiply_batch(fields, along.weights, product_along_);
  weigh_batch(format, bias_by_unit(fields, along.bias), product_along_, sums, [](Eigen::Index) {});
}

// Every picture and every code is taken once, with the scaled delta of all the rows that show the
// one or carry the other.
void Pass::learn_batch(const RowFormat& format, const ReceptiveFields& fields,
                       const PanelMatrix& delta, const OptimiserStep& step, Parameter& weights) {
  const Eigen::Index codes = format.strength == 0.0F ? 0 : batch_->code_squares.size();
  const Eigen::Index count = std::min(batch_->square_sum.size(), delta.rows());
  const Eigen::Index images = std::min(batch_->images(), count);
  const Eigen::Index own = count - images;
  scale_inputs(format, delta.rows());
  shown_.resize(count + codes, delta.cols(), delta.sets());
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto here = delta.view(panel);
    auto shown = shown_.view(panel);
    const auto scaled = [&](Eigen::Index first, Eigen::Index rows) {
      return input_scale_.segment(first, rows).asDiagonal() * here.middleRows(first, rows);
    };
    const Eigen::Index end = here.rows() - own;
    shown.topRows(images) = scaled(0, images);
    shown.middleRows(images, own) = scaled(end, own);
    for (Eigen::Index row = images; row < end; row += images) {
      const Eigen::Index rows = std::min(images, end - row);
      shown.topRows(rows) += scaled(row, rows);
    }
    if (codes > 0)
      sum_by_code(labels_, format.strength, input_scale_, here, shown.bottomRows(codes));
  });
  const auto rows = batch_->rows.topRows(count + codes);
  ff::learn(rows, fields, nullptr, Zeros::kSkip, shown_, step, weights, memory_);
}

}  // namespace ff
