#include "backprop.hpp"

#include <utility>

#include "ff/threads.hpp"

namespace ff {
namespace {

void copy_to_panels(const Eigen::Ref<const Matrix>& matrix, Eigen::Index sets,
                    PanelMatrix& panels) {
  panels.resize(matrix.rows(), matrix.cols(), sets);
  parallel_for(panels.panels(), [&](std::int64_t panel) {
    const auto [first, count] = panels.units(panel);
    panels.view(panel) = matrix.middleCols(first, count);
  });
}

}  // namespace

void Backprop::learn(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  const OptimiserStep step =
      optimiser_step(config, config.learning_rate, lesson.state.step, lesson.steps);
  net_.forward(lesson);
  judge(lesson);
  const auto rows = lesson.pass.rows();
  gradient_.resize(rows, lesson.network.layers.back().units());
  gradient_.matrix().setZero();
  for (std::size_t index = lesson.network.layers.size(); index-- > 0;) {
    const Layer& layer = lesson.network.layers[index];
    derive_by_activity(lesson, index, gradient_.matrix());
    through_activation(net_.layers[index], gradient_.matrix());
    copy_to_panels(gradient_.matrix(), layer.weights.sets(), delta_);
    if (index > 0) {  // by the weights as they were when the loss was measured
      below_.resize(rows, layer.fields.columns);
      lesson.pass.derive_below(layer.fields, layer.weights, gradient_.matrix(), below_.matrix());
    }
    lesson.pass.learn(index, net_.below(index), delta_, step, lesson.network);
    std::swap(gradient_, below_);
  }
}

}  // namespace ff
