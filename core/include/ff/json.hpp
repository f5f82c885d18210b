#pragma once

#include <nlohmann/json.hpp>

namespace ff {

/// Fields keep the order in which they were set.
using Json = nlohmann::ordered_json;

}  // namespace ff
