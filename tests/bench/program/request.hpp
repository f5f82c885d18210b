#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ff/fields.hpp"

namespace ff::bench {

/// What a request says under `name`. All throw Error naming it when it is missing or another was
/// expected.
int whole_number(const Json& request, std::string_view name, int minimum, int maximum);
std::string one_of(const Json& request, std::string_view name,
                   const std::vector<std::string>& choices);

/// How long to measure, apart from the warm-up.
double seconds(const Json& request);

}  // namespace ff::bench
