#include "ff/widened.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ff/error.hpp"

namespace ff {
namespace {

std::vector<std::string> with_names(std::vector<std::string> classes,
                                    std::span<const std::string> names) {
  for (const std::string& name : names) {
    if (name.empty()) throw Error("classes: expected a name for each, one is empty.");
    if (std::ranges::find(classes, name) != classes.end())
      throw Error("classes: the net knows a class named " + name +
                  " already; expected another name.");
    classes.push_back(name);
  }
  if (classes.size() > kMostClasses)
    throw Error("classes: expected at most " + std::to_string(kMostClasses) + ", got " +
                std::to_string(classes.size()) + ".");
  return classes;
}

// Old labels must be written as they were, in the same columns.
void check_codes(const Config& config, const RowFormat& before, const RowFormat& after) {
  if (before.codes.size() == 0) return;
  const Eigen::Index labels = before.codes.rows() - 1;
  Matrix expected = Matrix::Zero(labels, after.columns());
  expected.leftCols(before.columns()) = before.codes.topRows(labels);
  if (after.columns() < before.columns() || after.codes.topRows(labels) != expected)
    throw Error("label_code: " + config.label_code +
                " writes every label otherwise when there are more; expected first_pixels.");
}

// Where all fields share their weights, these are for the label's columns, for the pixels of a
// field, and for what stands beside the image, in that order.
Matrix shared_rows(const Matrix& rows, const RowFormat& before, const RowFormat& after) {
  const Eigen::Index cleared = after.cleared - before.cleared;
  const Eigen::Index added = after.columns() - before.columns();
  Matrix all = Matrix::Zero(rows.rows() + cleared + added, rows.cols());
  all.topRows(before.cleared) = rows.topRows(before.cleared);
  all.middleRows(after.cleared, rows.rows() - before.cleared) =
      rows.bottomRows(rows.rows() - before.cleared);
  return all;
}

Matrix own_rows(const Layer& layer, const Matrix& rows, const ReceptiveFields& fields,
                const RowFormat& before, const RowFormat& after) {
  Matrix all = Matrix::Zero(after.columns(), layer.units());
  all.topRows(before.columns()) = scattered(layer.fields, rows);
  all.middleRows(before.cleared, after.cleared - before.cleared).setZero();
  return gathered(fields, all);
}

// A row is brought to a length that grows with its columns; weights make up for that.
void widen_first(Layer& layer, ReceptiveFields fields, const RowFormat& before,
                 const RowFormat& after) {
  const Matrix rows = layer.weights.matrix();
  const float scale =
      std::sqrt(static_cast<float>(before.columns()) / static_cast<float>(after.columns()));
  const Matrix wide = fields.shared() ? shared_rows(rows, before, after)
                                      : own_rows(layer, rows, fields, before, after);
  layer.weights = Parameter(PanelMatrix(Matrix(scale * wide), fields.sets()));
  layer.fields = std::move(fields);
}

void widen(Parameter& parameter, Eigen::Index columns) {
  if (parameter.size() == 0) return;
  Matrix all = Matrix::Zero(parameter.rows(), columns);
  all.leftCols(parameter.cols()) = parameter.matrix();
  parameter = Parameter(PanelMatrix(all));
}

}  // namespace

Network widened(const Network& network, std::span<const std::string> names, const Config& run) {
  Network wide = network;
  wide.config = for_another_run(network.config, run);
  wide.classes = with_names(std::move(wide.classes), names);
  wide.format = row_format(wide.config, wide.shape, wide.classes.size());
  check_codes(wide.config, network.format, wide.format);
  each_parameter([](const ParameterPlace&,
                    Parameter& parameter) { parameter = Parameter(PanelMatrix(parameter)); },
                 wide);
  widen_first(wide.layers.front(),
              plan_layers(wide.config, wide.shape, wide.format, wide.classes.size()).front().fields,
              network.format, wide.format);
  for (Parameter& weights : wide.softmax.weights) widen(weights, wide.labels());
  widen(wide.softmax.bias, wide.labels());
  return wide;
}

}  // namespace ff
