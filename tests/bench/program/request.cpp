#include "request.hpp"

#include <algorithm>

#include "ff/error.hpp"

namespace ff::bench {
namespace {

constexpr double kLongest = 60.0;

[[noreturn]] void refuse(const Json& request, std::string_view name, const std::string& expected) {
  const auto found = request.find(name);
  const std::string got = found == request.end() ? "nothing" : found->dump().substr(0, 40);
  throw Error(std::string(name) + ": expected " + expected + ", got " + got + ".");
}

}  // namespace

int whole_number(const Json& request, std::string_view name, int minimum, int maximum) {
  const auto found = request.find(name);
  if (found == request.end() || !found->is_number_integer() || *found < minimum || *found > maximum)
    refuse(request, name,
           "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
  return found->get<int>();
}

std::string one_of(const Json& request, std::string_view name,
                   const std::vector<std::string>& choices) {
  const auto found = request.find(name);
  if (found == request.end() || std::find(choices.begin(), choices.end(), *found) == choices.end())
    refuse(request, name, "one of " + Json(choices).dump());
  return found->get<std::string>();
}

double seconds(const Json& request) {
  const auto found = request.find("seconds");
  if (found == request.end() || !found->is_number() || *found < 0.0 || *found > kLongest)
    refuse(request, "seconds", "a number from 0 to " + std::to_string(static_cast<int>(kLongest)));
  return found->get<double>();
}

}  // namespace ff::bench
