#include "ff/explain.hpp"

#include <cctype>
#include <filesystem>
#include <new>

#include "ff/error.hpp"

namespace ff {

std::string system_cause(std::error_code failure) {
  std::string cause = failure.message();
  if (!cause.empty())
    cause.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(cause.front())));
  return cause;
}

std::string explain(const std::exception& error) {
  if (const auto* own = dynamic_cast<const Error*>(&error)) return own->what();
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
      dynamic_cast<const std::length_error*>(&error) != nullptr)
    return "There is not enough memory for this; smaller layers or batches need less.";
  if (const auto* file = dynamic_cast<const std::filesystem::filesystem_error*>(&error))
    return file->path1().string() + ": " + system_cause(file->code()) + ".";
  if (const auto* system = dynamic_cast<const std::system_error*>(&error))
    return "The system refuses: " + system_cause(system->code()) + ".";
  return "Something went wrong that this program has no words for, which is a fault of its own.";
}

}  // namespace ff
