#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace ff {

/// Every failure a caller can cause. The message is one sentence that names the field or file at
/// fault and what was expected, ready to be shown to a person.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws Error about a file: its name, a colon, the cause.
[[noreturn]] inline void fail_file(std::string_view name, std::string_view cause) {
  throw Error(std::string(name).append(": ").append(cause));
}

/// What the system says of a failure, for the middle of a sentence: "no space left on device".
std::string system_cause(std::error_code failure);

/// Any exception as a sentence for a person, without a name of C++.
std::string explain(const std::exception& error);

}  // namespace ff
