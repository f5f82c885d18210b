#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ff/fields.hpp"

// What fields.cpp describes fields with: each gives a Field, or one with a little more to it.

namespace ff {

// What a value of an enum is called.
template <class Value>
struct Named {
  Value value;
  std::string_view name, title;
};

// Of a name out of several.
inline Field choice(std::string_view name, std::string Config::*member, const Choices& choices) {
  return {.name = name,
          .domain = choices,
          .get = [member](const Config& config) -> Json { return config.*member; },
          .set = [member](Config& config,
                          const Json& json) { config.*member = json.get<std::string>(); }};
}

template <class Value>
Field choice(std::string_view name, Value Config::*member,
             const std::vector<Named<Value>>& values) {
  Choices choices;
  for (const Named<Value>& one : values) choices.push_back({one.name, one.title});
  return {.name = name,
          .domain = choices,
          .get = [member, &values](const Config& config) -> Json {
            return std::ranges::find(values, config.*member, &Named<Value>::value)->name;
          },
          .set =
              [member, &values](Config& config, const Json& json) {
                const auto text = json.get<std::string>();
                config.*member = std::ranges::find(values, text, &Named<Value>::name)->value;
              }};
}

// Of a table whose entries know what they are called.
template <class Entry>
Choices choices_of(std::span<const Entry* const> table) {
  Choices choices;
  for (const Entry* entry : table) choices.push_back({entry->name, entry->title});
  return choices;
}

template <class Value, class Domain>
Field number(std::string_view name, Value Config::*member, Domain domain) {
  return {
      .name = name,
      .domain = domain,
      .get = [member](const Config& config) -> Json { return config.*member; },
      .set = [member](Config& config, const Json& json) { config.*member = json.get<Value>(); }};
}

struct Text {
  std::string_view group, title, unit, help;
};

inline Field with(Field field, const Text& text) {
  field.group = text.group;
  field.title = text.title;
  field.unit = text.unit;
  field.help = text.help;
  return field;
}

inline Field primary(Field field) {
  field.primary = true;
  return field;
}

inline Field live(Field field) {
  field.live = true;
  return field;
}

inline Field when(Field field, std::string_view other, std::vector<std::string_view> values) {
  field.applies.push_back({other, std::move(values)});
  return field;
}

// The names of those entries of a table of which something holds.
template <class Entry, class Holds>
std::vector<std::string_view> names_where(std::span<const Entry* const> table, Holds holds) {
  std::vector<std::string_view> names;
  for (const Entry* one : table)
    if (holds(*one)) names.push_back(one->name);
  return names;
}

}  // namespace ff
