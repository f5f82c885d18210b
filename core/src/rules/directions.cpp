#include "directions.hpp"

#include <bit>

#include "../rows.hpp"
#include "ff/random.hpp"
#include "whole_net.hpp"

namespace ff {
namespace {

constexpr float kOne = 1.0F;
constexpr int kBits = 64;

// Parts of a net, each with signs of its own: the layers, then what the softmax sees of each, then
// the softmax's bias. A layer's bias is one more row of its weights.
constexpr std::size_t kSoftmaxBias = 2 * std::size_t{kMostLayers};
constexpr std::uint64_t kParts = kSoftmaxBias + 1;
constexpr std::uint64_t kMostRows = std::uint64_t{1} << 24;
// Rows of a minibatch; each direction of them begins where so many of the one before would end.
constexpr Eigen::Index kMostImages = Eigen::Index{1} << 15;

// The signs of one row, one after another.
class Signs {
 public:
  Signs(const Minibatch& minibatch, std::size_t part, Eigen::Index row)
      : random_(minibatch.network.config.seed, RandomUse::kDirections,
                (static_cast<std::uint64_t>(minibatch.state.step) * kParts + part) * kMostRows +
                    static_cast<std::uint64_t>(row)) {}

  template <class Row>
  void fill(Row row) {
    for (Eigen::Index column = 0; column < row.size(); ++column) row[column] = next();
  }

 private:
  float next() {
    if (left_ == 0) {
      bits_ = random_.bits();
      left_ = kBits;
    }
    const auto sign = static_cast<std::uint32_t>(bits_ & 1) << 31;
    bits_ >>= 1;
    --left_;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(kOne) | sign);
  }

  Random random_;
  std::uint64_t bits_ = 0;
  int left_ = 0;
};

// Row by row, the first of them row `first` of its part.
void draw_parameter(const Minibatch& minibatch, std::size_t part, Eigen::Index first,
                    const Parameter& parameter, Parameter& direction) {
  direction.resize(parameter.rows(), parameter.cols(), parameter.sets());
  over_rows(parameter.rows(), [&](Eigen::Index row) {
    Signs signs(minibatch, part, first + row);
    for (Eigen::Index panel = 0; panel < direction.panels(); ++panel)
      signs.fill(direction.view(panel).row(row));
  });
}

}  // namespace

void draw(const Minibatch& minibatch, Direction& direction) {
  const Network& network = minibatch.network;
  direction.layers.resize(network.layers.size());
  direction.softmax.weights.resize(network.layers.size());
  for (std::size_t index = 0; index < network.layers.size(); ++index)
    draw_layer(minibatch, index, direction.layers[index]);
  each_parameter(
      [&](const ParameterPlace& place, const Parameter& parameter, Parameter& along) {
        if (!place.softmax) return;
        const std::size_t part = place.is_row() ? kSoftmaxBias : kMostLayers + place.layer;
        draw_parameter(minibatch, part, 0, parameter, along);
      },
      network, direction);
}

void draw_layer(const Minibatch& minibatch, std::size_t index, Layer& direction) {
  const Layer& layer = minibatch.network.layers[index];
  draw_parameter(minibatch, index, 0, layer.weights, direction.weights);
  draw_parameter(minibatch, index, layer.weights.rows(), layer.bias, direction.bias);
}

void draw_signs(const Minibatch& minibatch, std::size_t index, int which, const Activity& activity,
                Scratch& signs) {
  signs.resize(activity.units().rows(), activity.units().cols());
  over_rows(activity.units().rows(), [&](Eigen::Index row) {
    Signs(minibatch, index, which * kMostImages + row).fill(signs.matrix().row(row));
  });
  if (!activity.has_slopes()) through_activation(activity, signs.matrix());
}

void slopes_along(const PanelMatrix& delta, const Eigen::Ref<const Matrix>& change,
                  Vector& slopes) {
  slopes.resize(delta.rows());
  over_rows(delta.rows(), [&](Eigen::Index row) {
    float sum = 0.0F;
    for (Eigen::Index panel = 0; panel < delta.panels(); ++panel) {
      const auto [first, count] = delta.units(panel);
      sum += delta.view(panel).row(row).dot(change.row(row).segment(first, count));
    }
    slopes[row] = sum;
  });
}

void add_guess(const Vector& slopes, const Eigen::Ref<const Matrix>& signs, int directions,
               PanelMatrix& delta) {
  const float share = 1.0F / static_cast<float>(directions);
  parallel_for(delta.panels(), [&](std::int64_t panel) {
    const auto [first, count] = delta.units(panel);
    delta.view(panel).noalias() += (share * slopes).asDiagonal() * signs.middleCols(first, count);
  });
}

void update(const OptimiserStep& step, float slope, const Layer& direction, Layer& layer) {
  update(step, slope, direction.weights, layer.weights);
  update(step.without_decay(), slope, direction.bias, layer.bias);
}

}  // namespace ff
