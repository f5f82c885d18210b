#include "backprop.hpp"
#include "ff/goodness.hpp"
#include "ff/layer_loss.hpp"
#include "ff/objective.hpp"
#include "ff/rule.hpp"

namespace ff {
namespace {

class BackpropPairwise : public Backprop {
 private:
  void measure_loss(const Minibatch& minibatch) override;
  void add_by_units(const Minibatch& minibatch, std::size_t index, Scratch& by_units) override;

  std::vector<Vector> goodness_;  // [layers]
  Vector sum_;                    // of the layers that count
  Vector coefficient_;            // derivative of the loss by `sum_`
  Vector factor_;                 // the same by a layer's measure
  Scratch own_;                   // what a layer's goodness adds to its gradient
};

void BackpropPairwise::measure_loss(const Minibatch& minibatch) {
  const Config& config = minibatch.network.config;
  goodness_.resize(net().layers.size());
  sum_.setZero(minibatch.pass.rows());
  float threshold = 0.0F;
  for (std::size_t index = 0; index < goodness_.size(); ++index) {
    measure_goodness(config, net().layers[index], goodness_[index]);
    if (!minibatch.network.counted(index)) continue;
    sum_ += goodness_[index];
    threshold += threshold_of(config, minibatch.network.layers[index].units());
  }
  const float loss =
      objective(config.objective)
          .apply(sum_, {.threshold = threshold, .sharpness = static_cast<float>(config.sharpness)},
                 coefficient_);
  for (std::size_t index = 0; index < goodness_.size(); ++index)
    remember(minibatch, index, goodness_[index], loss);
}

void BackpropPairwise::add_by_units(const Minibatch& minibatch, std::size_t index,
                                    Scratch& by_units) {
  const Config& config = minibatch.network.config;
  const Activity& activity = net().layers[index];
  if (!minibatch.network.counted(index)) return;
  auto gradient = by_units.matrix();
  const Eigen::Index units = gradient.cols();
  factor_ = goodness_scale(config, units) * coefficient_;
  own_.resize(gradient.rows(), units);
  goodness(config.goodness)
      .derivative(activity, factor_, {.first = 0, .count = units},
                  {own_.matrix().data(), gradient.rows(), units, Eigen::OuterStride<>(units)});
  gradient += own_.matrix();
}

}  // namespace

/// The same with the objective of the goodness of all layers that count together.
extern const Rule kBackpropPairwise = {.name = "backprop_pairwise",
                                       .title = "Backprop, pairs",
                                       .make = make_new<BackpropPairwise>,
                                       .make_local = nullptr,
                                       .by_softmax = false,
                                       .descends = true,
                                       .through_layers = true};

}  // namespace ff
