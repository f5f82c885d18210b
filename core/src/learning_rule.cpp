#include "ff/learning_rule.hpp"

#include <array>
#include <cmath>
#include <string>

#include "ff/error.hpp"

namespace ff {

std::unique_ptr<LearningRule> make_rule(const Config& config) {
  using Make = std::unique_ptr<LearningRule> (*)();
  struct Rule {
    Make whole, local;  // by config.losses
  };
  static constexpr std::array<Rule, 6> kTable = {
      {{make_forward_forward, make_forward_forward},
       {make_backprop_label, make_backprop_label},
       {make_backprop_pairwise, make_backprop_pairwise},
       {make_naive, make_naive},
       {make_weight_perturbation, make_local_weight_perturbation},
       {make_activity_perturbation, make_local_activity_perturbation}}};
  const Rule& rule = kTable.at(static_cast<std::size_t>(config.rule));
  return config.losses == LossesKind::kLocal ? rule.local() : rule.whole();
}

void note(const Lesson& lesson, std::size_t index, const Vector& goodness, float loss) {
  if (!std::isfinite(loss))
    throw Error("step " + std::to_string(lesson.state.step + 1) + ": the loss of layer " +
                std::to_string(index + 1) +
                " is no longer a finite number; a lower learning_rate usually helps.");
  lesson.recent[index].add(goodness, loss);
}

}  // namespace ff
