#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

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

}  // namespace ff
