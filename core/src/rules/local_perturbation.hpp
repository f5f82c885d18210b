#pragma once

#include <memory>

#include "ff/learning_rule.hpp"

namespace ff {

// Perturbations with the losses of forward-forward: each layer guesses the gradient of its own.
std::unique_ptr<LearningRule> make_local_weight_perturbation();
std::unique_ptr<LearningRule> make_local_activity_perturbation();

}  // namespace ff
