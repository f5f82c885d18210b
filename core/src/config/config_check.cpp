#include <algorithm>
#include <string>

#include "ff/activation.hpp"
#include "ff/class_goodness.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/goodness.hpp"
#include "ff/negatives.hpp"
#include "ff/normalisation.hpp"
#include "ff/objective.hpp"
#include "ff/rule.hpp"

namespace ff {
namespace {

void require(bool holds, const std::string& message) {
  if (!holds) throw Error(message);
}

void check_softmax(const Config& config) {
  const bool there = config.softmax_rate > 0.0;
  if (reads_classes(config)) {
    const bool learnt = class_goodness(config.class_goodness).measure == nullptr;
    require(there || !learnt,
            "class_goodness: a projection is learnt with softmax_rate, which must be above 0.");
    return require(!there || learnt, "softmax_rate: expected 0 with class_goodness " +
                                         config.class_goodness + ", which learns no projection.");
  }
  const Negatives& negatives = ff::negatives(config.negatives);
  require(there || !negatives.by_softmax || negatives.add_labels == nullptr,
          "negatives: " + config.negatives +
              " negatives are drawn by the softmax, so softmax_rate must be above 0.");
  require(there || negatives.add_labels != nullptr,
          "negatives: without labels in images a net is read by its softmax, so softmax_rate must "
          "be above 0.");
  require(there || !learns_by_softmax(config),
          "rule: " + config.rule +
              " learns by the softmax at the end of the net, so softmax_rate must be above 0.");
}

void check_layers(const Config& config) {
  const auto layers = static_cast<int>(config.layers.size());
  require(config.first_counted_layer <= layers,
          "first_counted_layer: expected at most the number of layers, " + std::to_string(layers) +
              ", got " + std::to_string(config.first_counted_layer) + ".");
  require(config.last_counted_layer >= config.first_counted_layer,
          "last_counted_layer: expected the first counted layer, " +
              std::to_string(config.first_counted_layer) + ", or a later one, got " +
              std::to_string(config.last_counted_layer) + ".");
  require(config.black_box < layers, "black_box: expected a layer before the last, at most " +
                                         std::to_string(layers - 1) + ", got " +
                                         std::to_string(config.black_box) + ".");
  for (const LayerSpec& layer : config.layers) {
    require(!layer.has_fields() || config.regions == 1,
            "regions: expected 1 where layers have fields of their own.");
    require(layer.units >= config.regions * config.regions,
            "regions: expected a unit for each of the " +
                std::to_string(config.regions * config.regions) +
                " regions in every layer, one layer has " + std::to_string(layer.units) + ".");
  }
}

void check_rule(const Config& config) {
  const Rule& rule = ff::rule(config.rule);
  const bool local = config.losses == LossesKind::kLocal;
  require(
      config.black_box == 0 || !rule.by_classes || config.span == 1,
      "black_box: expected 0 with a span above 1, whose loss needs derivatives of every layer.");
  const bool pools =
      std::ranges::any_of(config.layers, [](const LayerSpec& layer) { return layer.pool > 1; });
  require(!pools || !rule.along_changes,
          "layers: rule " + config.rule + " cannot pool; expected layers without max or mean.");
  require(!normalisation(config.normalisation).learns_scale || rule.descends,
          "normalisation: a scale is learnt from derivatives, which rule " + config.rule +
              " has none of; expected batch.");
  require(config.black_box == 0 || !rule.through_layers || local,
          "black_box: rule " + config.rule +
              " needs derivatives, which a black box has none of; "
              "expected 0, or rule forward_forward.");
  require(!local || config.first_counted_layer == 1,
          "first_counted_layer: a layer that the softmax leaves out has no loss; "
          "expected 1 with losses local.");
  require(!local || config.last_counted_layer >= static_cast<int>(config.layers.size()),
          "last_counted_layer: a layer that the softmax leaves out has no loss; "
          "expected the last with losses local.");
  require(
      rule.by_softmax || !rule.through_layers || negatives(config.negatives).add_labels != nullptr,
      "negatives: expected uniform or hard for rule " + config.rule + ".");
}

void check_objective(const Config& config) {
  const Objective& objective = ff::objective(config.objective);
  require(objective.has_threshold || config.schedule != ScheduleKind::kApart,
          "schedule: while positives and negatives come apart no objective can compare them; "
          "expected objective logistic.");
  require(
      config.schedule != ScheduleKind::kInTurn || config.collaboration != CollaborationKind::kAll,
      "collaboration: while layers learn in turn the later ones have nothing to say; expected "
      "none or earlier.");
  require(!objective.above_zero || config.polarity == PolarityKind::kHigh,
          "polarity: objective " + config.objective + " needs goodness above 0; expected high.");
  require(!objective.above_zero || !goodness(config.goodness).signed_as_units ||
              !activation(config.activation).below_zero,
          "goodness: objective " + config.objective + " needs goodness above 0; with " +
              config.activation + " expected sum_of_squares or mean_of_squares.");
}

}  // namespace

bool applies(const Field& field, const Config& config) {
  return std::ranges::all_of(field.applies, [&](const Condition& condition) {
    const Field& other = ff::field(condition.field);
    const Json value = other.get(config);
    const bool holds = condition.values.empty()
                           ? value > 0
                           : std::ranges::find(condition.values, value.get<std::string>()) !=
                                 condition.values.end();
    return holds && applies(other, config);
  });
}

// Conditions name fields described before, so that once through is enough.
Config in_effect(Config config) {
  const Config defaults;
  for (const Field& field : fields())
    if (!applies(field, config)) field.set(config, field.get(defaults));
  return config;
}

void check(const Config& given) {
  const Config config = in_effect(given);
  check_softmax(config);
  check_layers(config);
  check_rule(config);
  check_objective(config);
}

}  // namespace ff
