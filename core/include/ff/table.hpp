#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "ff/error.hpp"

// What a config names, an objective say, is an entry of a table. Each is defined in a file of its
// own and knows its name, as in JSON, and its title.

namespace ff {

/// A table of these, in this order.
template <class... Entries>
constexpr auto table_of(const Entries&... entries) {
  return std::array{&entries...};
}

/// The entry of that name. Throws Error naming `field` when there is none.
template <class Entry>
const Entry& entry_of(std::span<const Entry* const> table, std::string_view field,
                      std::string_view name) {
  const auto found = std::ranges::find(table, name, &Entry::name);
  if (found != table.end()) return **found;
  std::string names;
  for (const Entry* entry : table) names.append(names.empty() ? "" : ", ").append(entry->name);
  throw Error(std::string(field) + ": expected one of " + names + ", got \"" + std::string(name) +
              "\".");
}

}  // namespace ff
