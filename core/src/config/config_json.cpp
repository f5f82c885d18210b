#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/overloaded.hpp"

namespace ff {
namespace {

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string expectation(const Field& field) {
  return std::visit(
      Overloaded{
          [](const IntegerRange& range) {
            return "a whole number from " + std::to_string(range.minimum) + " to " +
                   std::to_string(range.maximum);
          },
          [](const RealRange& range) {
            return "a number from " + number(range.minimum) + " to " + number(range.maximum);
          },
          [](const IntegerList& list) {
            return std::to_string(list.minimum_items) + " to " +
                   std::to_string(list.maximum_items) + " whole numbers from " +
                   std::to_string(list.item.minimum) + " to " + std::to_string(list.item.maximum);
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

bool in_range(const Json& value, const IntegerRange& range) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{1} << 62)
    return false;
  const auto whole = value.get<std::int64_t>();
  return whole >= range.minimum && whole <= range.maximum;
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
          [&](const IntegerList& list) {
            return value.is_array() && value.size() >= list.minimum_items &&
                   value.size() <= list.maximum_items &&
                   std::all_of(value.begin(), value.end(),
                               [&](const Json& item) { return in_range(item, list.item); });
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

// A hostile value must not flood the message that reports it.
std::string shown(const Json& value) {
  constexpr std::size_t kLongest = 60;
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "…";
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

// "500,500" → [500, 500]; an item that is no whole number is kept as text, to be refused with it.
Json list_from(std::string_view text) {
  Json list = Json::array();
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string_view item = text.substr(start, end - start);
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
                        [&](const IntegerList&) { return list_from(text); },
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
    throw Error(std::string(name) + ": expected " + expectation(target) + ", got " + shown(value) +
                ".");
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
