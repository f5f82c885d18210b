#include "help.hpp"

#include <utility>

#include "text.hpp"

namespace ff::cli {
namespace {

constexpr std::size_t kLineWidth = 80;
constexpr std::size_t kNameWidth = 30;

}  // namespace

HelpFormatter::HelpFormatter() { column_width(kNameWidth); }

// One empty line between groups, not two.
std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode mode) const {
  std::string text = Formatter::make_help(app, std::move(name), mode);
  for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at))
    text.erase(at, 1);
  return text;
}

// The value's name alone: what else there is to know is in the description.
std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const std::string type = option->get_type_name();
  const bool named = option->get_items_expected_max() > 0 && !option->get_positional();
  return named ? " " + type.substr(0, type.find(':')) : "";
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  return wrapped(option->get_description(), kLineWidth - kNameWidth);
}

}  // namespace ff::cli
