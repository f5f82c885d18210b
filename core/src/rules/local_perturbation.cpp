#include <utility>

#include "directions.hpp"
#include "ff/layer_loss.hpp"

namespace ff {
namespace {

// Each layer's own loss, as of forward-forward; how a layer learns from it, subclasses say.
class LocalPerturbation : public LearningRule {
 public:
  void learn(const Lesson& lesson) override;
  std::size_t capacity() const override { return above_.capacity() + below_.capacity(); }

 protected:
  const Activity& above() const { return above_; }  // of the layer that learns
  const Activity& below() const { return below_; }  // of the one that feeds it
  const Vector& input_scale() const { return input_scale_; }

 private:
  // delta [2 x batch x units]: derivative of the layer's loss by its sums. No more of it may be
  // used than the loss's change along a random direction.
  virtual void learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step,
                         PanelMatrix& delta) = 0;

  Activity above_, below_;
  Vector input_scale_;
  LayerLoss loss_;
  PanelMatrix delta_;
};

void LocalPerturbation::learn(const Lesson& lesson) {
  const Config& config = lesson.network.config;
  const OptimiserStep step =
      optimiser_step(config, config.learning_rate, lesson.state.step, lesson.steps);
  for (std::size_t index = 0; index < lesson.network.layers.size(); ++index) {
    std::swap(above_, below_);
    forward(lesson.network, index, lesson.images, below_, lesson.work, input_scale_, above_);
    const float loss = loss_.judge(config, above_, {});
    note(lesson, index, loss_.goodness(), loss);
    loss_.derive(config, above_, delta_);
    learn_one(lesson, index, step, delta_);
  }
}

class LocalWeightPerturbation : public LocalPerturbation {
  void learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step,
                 PanelMatrix& delta) override {
    directions_.resize(lesson.network.layers.size());
    draw_layer(lesson, index, directions_[index]);
    sums_along_.run(lesson, index, directions_[index], below(), change_);
    slopes_along(delta, change_.matrix(), slopes_);
    update(step, slopes_.sum(), directions_[index], lesson.network.layers[index],
           lesson.state.layers[index]);
  }

  std::vector<DenseLayer> directions_;  // [layers]
  SumsAlong sums_along_;
  Scratch change_;
  Vector slopes_;
};

class LocalActivityPerturbation : public LocalPerturbation {
  void learn_one(const Lesson& lesson, std::size_t index, const OptimiserStep& step,
                 PanelMatrix& delta) override {
    draw_signs(lesson, index, above(), signs_);
    slopes_along(delta, signs_.matrix(), slopes_);
    guess_delta(slopes_, signs_.matrix(), delta);
    learn_layer(index, lesson.images, below(), input_scale(), delta, step, lesson.work,
                lesson.network, lesson.state.layers[index]);
  }

  Scratch signs_;
  Vector slopes_;
};

}  // namespace

std::unique_ptr<LearningRule> make_local_weight_perturbation() {
  return std::make_unique<LocalWeightPerturbation>();
}

std::unique_ptr<LearningRule> make_local_activity_perturbation() {
  return std::make_unique<LocalActivityPerturbation>();
}

}  // namespace ff
