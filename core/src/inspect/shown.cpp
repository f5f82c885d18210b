#include "shown.hpp"

#include "../layer/passing_on.hpp"
#include "../rules/whole_net.hpp"
#include "ff/class_goodness.hpp"

namespace ff {

Vector Shown::own_goodness(std::size_t index) {
  Matrix goodness;
  measure_classes(network_, index, layers_[index], pass_, goodness);
  Vector own = Vector::Zero(rows());
  for (Eigen::Index row = 0; row < rows(); ++row)
    if (const int label = labels_[static_cast<std::size_t>(row)]; label != kNeutral)
      own[row] = goodness(row, label);
  return own;
}

Matrix Shown::own_slopes(std::size_t index) {
  const ClassGoodness& kind = class_goodness(network_.config.class_goodness);
  const Layer& layer = network_.layers[index];
  Matrix slopes = Matrix::Zero(rows(), kind.of_units ? layer.units() : layer.outputs());
  Matrix by_goodness = Matrix::Zero(rows(), network_.labels());
  for (Eigen::Index row = 0; row < rows(); ++row) {
    const int label = labels_[static_cast<std::size_t>(row)];
    if (label == kNeutral) continue;
    by_goodness(row, label) = 1.0F;
    if (kind.derive != nullptr) continue;
    const Parameter& weights = network_.softmax.weights[index];
    for (Eigen::Index output = 0; output < slopes.cols(); ++output)
      slopes(row, output) = weights(output, label);
  }
  if (kind.derive != nullptr) kind.derive(layer, layers_[index], by_goodness, slopes);
  return kind.of_units ? slopes : by_units(index, slopes);
}

Matrix Shown::by_units(std::size_t index, const Matrix& gradient) {
  Scratch outputs;
  Scratch units;
  outputs.resize(gradient.rows(), gradient.cols());
  outputs.matrix() = gradient;
  through_passing_on(network_.layers[index], false, layers_[index], outputs, units);
  return units.matrix();
}

Matrix Shown::below(std::size_t index, Matrix gradient) {
  const Layer& layer = network_.layers[index];
  Matrix seen(gradient.rows(), layer.fields.columns);
  const bool boxed = index > 0 && static_cast<int>(index) == network_.config.black_box;
  if (boxed) return seen.setZero();
  through_activation(layers_[index], gradient);
  pass_.derive_below(layer.fields, layer.weights, gradient, seen);
  return seen;
}

// With row = picture + strength * code, cleared and centred, layer 1 sees scale * row of mean
// square 1: the derivative by the row is scale (v - row (row . v) scale^2 / n), as between layers.
Matrix Shown::by_pixels(const Matrix& gradient) const {
  const RowFormat& format = network_.format;
  const Eigen::Index pictures = batch_.square_sum.size();
  Matrix slopes(gradient.rows(), format.pixels);
  for (Eigen::Index index = 0; index < gradient.rows(); ++index) {
    RowVector row = batch_.rows.row(index % pictures);
    if (format.strength != 0.0F)
      row += format.strength * format.codes.row(code_of(labels_[static_cast<std::size_t>(index)],
                                                        format.codes.rows()));
    const auto columns = static_cast<float>(row.size());
    const float scale = pass_.input_scale(format, index);
    const float along = scale * scale * row.dot(gradient.row(index)) / columns;
    auto slope = slopes.row(index);
    slope = scale * (gradient.row(index) - along * row).head(format.pixels);
    slope.head(format.cleared).setZero();
    if (format.centred) slope.array() -= slope.mean();
  }
  return slopes;
}

}  // namespace ff
