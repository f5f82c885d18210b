#include "ff/learning_rule.hpp"

#include <cmath>
#include <string>

#include "ff/error.hpp"
#include "ff/rule.hpp"

namespace ff {

std::unique_ptr<LearningRule> make_rule(const Config& config) {
  const Rule& rule = ff::rule(config.rule);
  return config.losses == LossesKind::kLocal ? rule.make_local() : rule.make();
}

void remember(const Minibatch& minibatch, std::size_t index, const Vector& goodness, float loss) {
  if (!std::isfinite(loss))
    throw Error("step " + std::to_string(minibatch.state.step + 1) + ": the loss of layer " +
                std::to_string(index + 1) +
                " is no longer a finite number; a lower learning_rate usually helps.");
  minibatch.recent[index].add(goodness, loss);
}

}  // namespace ff
