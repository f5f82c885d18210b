#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/overloaded.hpp"

namespace ff {
namespace {

// Not by a stream: the page would have to fetch all that streams can do.
std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

std::string expectation(const Field& field) {
  return std::visit(Overloaded{
                        [](const IntegerRange& range) {
                          return "a whole number from " + std::to_string(range.minimum) + " to " +
                                 std::to_string(range.maximum);
                        },
                        [](const RealRange& range) {
                          return "a number from " + number(range.minimum) + " to " +
                                 number(range.maximum);
                        },
                        [](const LayerList& list) {
                          return std::to_string(list.minimum_items) + " to " +
                                 std::to_string(list.maximum_items) + " layers, each of " +
                                 std::to_string(list.units.minimum) + " to " +
                                 std::to_string(list.units.maximum) +
                                 " units, or as in \"local 10x10x128 stride 6 padding 2\"";
                        },
                        [](const Choices& choices) {
                          std::string text;
                          for (const Choice& choice : choices)
                            text += (text.empty() ? "" : ", ") + std::string(choice.value);
                          return "one of " + text;
                        },
                    },
                    field.domain);
}

// A hostile value must not flood the message that reports it.
std::string shown(const Json& value) {
  constexpr std::size_t kLongest = 60;
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "…";
}

bool in_range(const Json& value, const IntegerRange& range) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{1} << 62)
    return false;
  const auto whole = value.get<std::int64_t>();
  return whole >= range.minimum && whole <= range.maximum;
}

// Where what should be a layer goes wrong, to go on a message with; empty if it is one.
std::string mistake_in(const Json& layer) {
  std::size_t at = 0;
  const std::string text = layer.is_string() ? layer.get<std::string>() : layer.dump();
  if (layer_from_text(text, at)) return "";
  return at == 0 ? shown(layer)
                 : shown(layer) + ", wrong from its character " + std::to_string(at + 1) + " on";
}

// What of a value is refused: of a list of layers, the first that is none.
std::string refused(const Field& field, const Json& value) {
  if (std::holds_alternative<LayerList>(field.domain) && value.is_array())
    for (const Json& layer : value)
      if (std::string mistake = mistake_in(layer); !mistake.empty()) return mistake;
  return shown(value);
}

bool acceptable(const Field& field, const Json& value) {
  return std::visit(
      Overloaded{
          [&](const IntegerRange& range) { return in_range(value, range); },
          [&](const RealRange& range) {
            if (!value.is_number()) return false;
            const auto real = value.get<double>();
            return std::isfinite(real) && real >= range.minimum && real <= range.maximum;
          },
          [&](const LayerList& list) {
            return value.is_array() && value.size() >= list.minimum_items &&
                   value.size() <= list.maximum_items &&
                   std::all_of(value.begin(), value.end(),
                               [](const Json& item) { return mistake_in(item).empty(); });
          },
          [&](const Choices& choices) {
            return value.is_string() &&
                   std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) {
                     return choice.value == value.get<std::string>();
                   });
          },
      },
      field.domain);
}

// Numbers of edits from one word to another, for a hint at a misspelt name.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::optional<std::int64_t> whole_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Not std::from_chars, which LLVM's library lacks for real numbers.
std::optional<double> real_from(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || end != copy.c_str() + copy.size()) return std::nullopt;
  return value;
}

std::string_view without_spaces_around(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// "500, 500" → [500, 500]; an item that is no whole number is kept as text.
Json list_from(std::string_view text) {
  Json list = Json::array();
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string_view item = without_spaces_around(text.substr(start, end - start));
    const auto whole = whole_from(item);
    list.push_back(whole ? Json(*whole) : Json(item));
    start = end + 1;
  }
  return list;
}

// What a person typed; text that does not read as the field's kind is kept, to be refused with it.
Json value_from(const Field& field, std::string_view text) {
  Json as_text(text);
  return std::visit(Overloaded{
                        [&](const IntegerRange&) {
                          const auto whole = whole_from(text);
                          return whole ? Json(*whole) : as_text;
                        },
                        [&](const RealRange&) {
                          const auto real = real_from(text);
                          return real ? Json(*real) : as_text;
                        },
                        [&](const LayerList&) { return list_from(text); },
                        [&](const Choices&) { return as_text; },
                    },
                    field.domain);
}

}  // namespace

const Field& field(std::string_view name) {
  const auto all = fields();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Field& field) { return field.name == name; });
  if (found != all.end()) return *found;
  constexpr std::size_t kLongestName = 64;
  const std::string_view start = name.substr(0, kLongestName);
  const auto nearest =
      std::min_element(all.begin(), all.end(), [&](const Field& a, const Field& b) {
        return distance(start, a.name) < distance(start, b.name);
      });
  throw Error("config: there is no field " + shown(Json(start)) + "; the nearest is \"" +
              std::string(nearest->name) + "\".");
}

void set_field(Config& config, std::string_view name, const Json& value) {
  const Field& target = field(name);
  if (!acceptable(target, value))
    throw Error(std::string(name) + ": expected " + expectation(target) + ", got " +
                refused(target, value) + ".");
  target.set(config, value);
}

void set_field_from_text(Config& config, std::string_view name, std::string_view text) {
  set_field(config, name, value_from(field(name), text));
}

Json to_json(const Config& config) {
  Json json = Json::object();
  for (const Field& field : fields()) json[std::string(field.name)] = field.get(config);
  return json;
}

Config config_from_json(const Json& json, const Config& base) {
  if (!json.is_object())
    throw Error("config: expected a JSON object of fields, got " + shown(json) + ".");
  Config config = base;
  for (const auto& [name, value] : json.items()) set_field(config, name, value);
  check(config);
  return config;
}

Config config_from_text(std::string_view text, const Config& base) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw Error("config: expected a JSON object, got text that is no JSON.");
  return config_from_json(json, base);
}

}  // namespace ff
