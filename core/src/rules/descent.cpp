#include "descent.hpp"

#include <algorithm>
#include <utility>

#include "../layer/passing_on.hpp"
#include "../rows.hpp"
#include "whole_net.hpp"

namespace ff {

namespace {

OptimiserStep step_of(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  return optimiser_step(config, config.learning_rate, minibatch.state.step, minibatch.steps);
}

}  // namespace

void Descent::to_units(const Minibatch& minibatch, std::size_t index, Activity& activity) {
  Layer& layer = minibatch.network.layers[index];
  through_passing_on(layer, minibatch.pass.learns(layer), activity, outputs, units);
  minibatch.pass.learn_scale(activity, step_of(minibatch), layer);
}

void Descent::learn(const Minibatch& minibatch, std::size_t index, const Activity& below,
                    Activity& activity, bool goes_on) {
  const Layer& layer = minibatch.network.layers[index];
  to_delta(layer, activity,
           [&](Eigen::Index, Eigen::Index row) { return &units.matrix()(row, 0); });
  if (goes_on) {
    below_.resize(units.matrix().rows(), layer.fields.columns);
    minibatch.pass.derive_below(layer.fields, layer.weights, units.matrix(), below_.matrix());
  }
  learn_delta(minibatch, index, below);
  std::swap(outputs, below_);
}

// Where it does not go on, a derivative by units is there for some rows at a time.
void Descent::learn_by_outputs(const Minibatch& minibatch, std::size_t index, const Activity& below,
                               Activity& activity, bool goes_on) {
  if (goes_on) {
    to_units(minibatch, index, activity);
    return learn(minibatch, index, below, activity, goes_on);
  }
  Layer& layer = minibatch.network.layers[index];
  layer.normalisation->back(layer, minibatch.pass.learns(layer), activity, outputs.matrix());
  minibatch.pass.learn_scale(activity, step_of(minibatch), layer);
  rows_.resize(row_parts(outputs.matrix().rows()), layer.units());
  to_delta(layer, activity, [&](Eigen::Index part, Eigen::Index row) {
    float* by_units = &rows_.matrix()(part, 0);
    through_pooling(layer, activity, row, &outputs.matrix()(row, 0), by_units);
    return by_units;
  });
  learn_delta(minibatch, index, below);
}

// by_units(part, row): a row's derivatives by its activity, in memory of its own or of its part of
// the rows.
template <class Row>
void Descent::to_delta(const Layer& layer, const Activity& activity, const Row& by_units) {
  delta_.resize(activity.units().rows(), layer.units(), layer.fields.count());
  over_row_parts(delta_.rows(), [&](Eigen::Index part, Eigen::Index row) {
    float* values = by_units(part, row);
    through_activation(activity, row, values);
    for (Eigen::Index panel = 0; panel < delta_.panels(); ++panel) {
      const auto [first, count] = delta_.units(panel);
      std::copy_n(values + first, count, delta_.view(panel).row(row).data());
    }
  });
}

void Descent::learn_delta(const Minibatch& minibatch, std::size_t index, const Activity& below) {
  minibatch.pass.learn(index, below, delta_, step_of(minibatch), minibatch.network);
}

}  // namespace ff
