#pragma once

#include <memory>
#include <span>
#include <string_view>

namespace ff {

class LearningRule;

/// A learning rule by name, and what the settings must know of it.
/// A new one: a file in src/rules/ and its name in rule.cpp.
struct Rule {
  std::string_view name, title;

  std::unique_ptr<LearningRule> (*make)();
  /// With losses that are each layer's own; null where the rule has one kind of loss.
  std::unique_ptr<LearningRule> (*make_local)();

  bool by_softmax;  ///< its loss is that of the softmax at the end of the net, not of goodness
  bool by_classes = false;     ///< that loss is of a goodness for every class, of a layer or a few
  bool descends = false;       ///< it goes down activities by their derivatives, dropout's too
  bool along_changes = false;  ///< it carries changes of activity forward, which no pooling does
  bool through_layers;  ///< with one loss for the whole net, it derives through layers to weights
};

/// All there are.
std::span<const Rule* const> rules();

const Rule& rule(std::string_view name);

}  // namespace ff
