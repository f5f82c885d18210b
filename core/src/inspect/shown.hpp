#pragma once

#include <span>
#include <vector>

#include "ff/batch.hpp"
#include "ff/network.hpp"
#include "ff/pass.hpp"

namespace ff {

// Pictures on their way through a net, with the activity of every layer kept.
class Shown {
 public:
  // pictures [count x pixels]; `labels` as Pass::label has them.
  Shown(const Network& network, const Matrix& pictures, std::span<const int> labels)
      : network_(network), layers_(network.layers.size()) {
    fill_batch(pictures, network.format, batch_);
    pass_.start(batch_);
    pass_.label(labels);
    labels_.assign(labels.begin(), labels.end());
    for (std::size_t index = 0; index < layers_.size(); ++index)
      pass_.forward(network, index, layers_[index == 0 ? 0 : index - 1], layers_[index]);
  }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;

  const Activity& layer(std::size_t index) const { return layers_[index]; }
  Eigen::Index rows() const { return pass_.rows(); }

  // Of what the layer says for every class, that for each row's own label; 0 where it is neutral.
  Vector own_goodness(std::size_t index);
  // [rows x units] its derivative by the layer's activity.
  Matrix own_slopes(std::size_t index);

  // gradient [rows x outputs of layer `index`], the derivative by what it passes on, becomes
  // [rows x units], by its activity.
  Matrix by_units(std::size_t index, const Matrix& gradient);
  // That becomes [rows x what the layer sees], by what is passed on below.
  Matrix below(std::size_t index, Matrix gradient);
  // gradient [rows x columns] by what layer 1 sees becomes [rows x pixels], by the pictures.
  Matrix by_pixels(const Matrix& gradient) const;

 private:
  const Network& network_;
  Batch batch_;
  Pass pass_;
  std::vector<int> labels_;
  std::vector<Activity> layers_;
};

}  // namespace ff
