#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ff/config.hpp"
#include "ff/json.hpp"

namespace ff {

struct IntegerRange {
  std::int64_t minimum, maximum;
};
struct RealRange {
  double minimum, maximum;
  bool logarithmic = false;  ///< a slider over it moves in ratios
};
/// So many layers, each a number of units or a text as LayerSpec has it.
struct LayerList {
  IntegerRange units;
  std::size_t minimum_items, maximum_items;
};
struct Choice {
  std::string_view value, title;
};
using Choices = std::vector<Choice>;

/// A field matters only while another one, described before it, has one of these values; or, if
/// there are none, while it is a number above 0.
struct Condition {
  std::string_view field;
  std::vector<std::string_view> values;
};

/// One field of Config, described once. The command line's flags, JSON in and out, the JSON Schema,
/// the TypeScript type and the page's controls are all made from this.
struct Field {
  std::string_view name{};   ///< as in JSON; the flag is --name with dashes
  std::string_view title{};  ///< a label for a control
  std::string_view help{};   ///< one sentence
  std::string_view unit{};   ///< "" when it has none
  std::string_view group{};
  std::variant<IntegerRange, RealRange, LayerList, Choices> domain{};
  std::function<Json(const Config&)> get{};
  std::function<void(Config&, const Json&)> set{};  ///< of a value already checked
  bool primary = false;              ///< among the first things a person would change
  bool live = false;                 ///< may change while a run goes on
  std::vector<Condition> applies{};  ///< all must hold, and those fields must matter themselves
};

std::span<const Field> fields();

/// The field of that name. Throws Error naming it, and the nearest known name, when there is none.
const Field& field(std::string_view name);

/// Sets one field. Throws Error naming the field, what was expected and what was given.
void set_field(Config& config, std::string_view name, const Json& value);

/// Sets one field from text as typed on a command line: "0.01", "500,500", "hard".
void set_field_from_text(Config& config, std::string_view name, std::string_view text);

Json to_json(const Config& config);

/// Fields that `json` leaves out keep the value they have in `base`. Throws Error as set_field
/// does, and when the fields contradict each other (see check).
Config config_from_json(const Json& json, const Config& base = {});

/// As above from text. Throws Error when it is not a JSON object.
Config config_from_text(std::string_view text, const Config& base = {});

/// Whether a field matters with these settings.
bool applies(const Field& field, const Config& config);

/// JSON Schema (2020-12) of Config, with the x- keywords that the page's controls are made from.
Json config_schema();

}  // namespace ff
