#pragma once

#include <functional>
#include <memory>

#include "ff/dataset.hpp"
#include "ff/json.hpp"

namespace ff::bench {

/// The images to learn from, or to be judged by.
using Images = std::function<std::shared_ptr<const Dataset>(Split)>;

/// {"config", "threads"} -> {"seconds", "test_error"} of a whole run by that config. The time is
/// that of making a net and of all its steps, not of judging it.
Json race(const Json& request, const Images& images);

}  // namespace ff::bench
