#include "passing_on.hpp"

#include <algorithm>
#include <utility>

#include "../rows.hpp"

namespace ff {

void pass_on(const Layer& layer, bool learning, Activity& activity) {
  if (layer.pooling != nullptr) {
    activity.add_passed(layer.outputs());
    over_rows(activity.units().rows(), [&](Eigen::Index row) {
      layer.pooling->apply(layer.shape, layer.pool, &activity.units()(row, 0),
                           &activity.passed()(row, 0));
    });
  }
  layer.normalisation->apply(layer, learning, activity);
}

void through_pooling(const Layer& layer, const Activity& activity, Eigen::Index row,
                     const float* by_outputs, float* by_units) {
  if (layer.pooling == nullptr) {
    std::copy_n(by_outputs, layer.units(), by_units);
    return;
  }
  layer.pooling->back(layer.shape, layer.pool, activity.units().row(row).data(), by_outputs,
                      by_units);
}

void through_passing_on(const Layer& layer, bool learning, Activity& activity, Scratch& values,
                        Scratch& by_units) {
  layer.normalisation->back(layer, learning, activity, values.matrix());
  if (layer.pooling == nullptr) return std::swap(values, by_units);
  by_units.resize(values.matrix().rows(), layer.units());
  over_rows(values.matrix().rows(), [&](Eigen::Index row) {
    through_pooling(layer, activity, row, &values.matrix()(row, 0), &by_units.matrix()(row, 0));
  });
}

}  // namespace ff
