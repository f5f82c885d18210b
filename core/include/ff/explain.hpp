#pragma once

#include <exception>
#include <string>
#include <system_error>

namespace ff {

/// What the system says of a failure, for the middle of a sentence: "no space left on device".
std::string system_cause(std::error_code failure);

/// Any exception as a sentence for a person, without a name of C++.
std::string explain(const std::exception& error);

}  // namespace ff
