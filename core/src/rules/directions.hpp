#pragma once

#include <vector>

#include "../layer/scratch.hpp"
#include "ff/learning_rule.hpp"

// Random directions: every entry is 1 or -1, either as likely, independent of all others. They are
// drawn row by row, so that neither threads nor the width of panels change them.

namespace ff {

// One in the space of all weights and biases; layer by layer as the net itself.
struct Direction {
  std::vector<Layer> layers;
  SoftmaxLayer softmax;
};

// This step's direction of the whole net, or of layer `index` alone.
void draw(const Minibatch& minibatch, Direction& direction);
void draw_layer(const Minibatch& minibatch, std::size_t index, Layer& direction);

// This step's direction number `which`, from 0, of the sums of layer `index`. signs [rows x units]
// is 0 where a ReLU is silent: nothing depends on such a sum, so to leave it alone only takes noise
// away.
void draw_signs(const Minibatch& minibatch, std::size_t index, int which, const Activity& activity,
                Scratch& signs);

// slopes [rows] = the change of each row's share in the loss, by delta [rows x columns], the loss's
// derivative, when that row changes by `change`, as large.
void slopes_along(const PanelMatrix& delta, const Eigen::Ref<const Matrix>& change, Vector& slopes);

// Adds what one of so many directions guesses the derivative to be: each row's slope times its
// signs. `slopes` [rows]; `signs`, `delta` [rows x units].
void add_guess(const Vector& slopes, const Eigen::Ref<const Matrix>& signs, int directions,
               PanelMatrix& delta);

// Steps a layer against the gradient that is guessed from the loss's slope along `direction`.
void update(const OptimiserStep& step, float slope, const Layer& direction, Layer& layer);

}  // namespace ff
