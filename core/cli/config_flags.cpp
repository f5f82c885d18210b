#include "config_flags.hpp"

#include <algorithm>
#include <sstream>

#include "ff/error.hpp"
#include "ff/overloaded.hpp"

namespace ff::cli {
namespace {

std::string plain(double number) {
  std::ostringstream text;
  text << number;
  return text.str();
}

template <class Number>
std::string span_of(Number minimum, Number maximum) {
  return plain(static_cast<double>(minimum)) + " to " + plain(static_cast<double>(maximum));
}

std::string value_name(const Field& field) {
  return std::visit(Overloaded{[](const IntegerRange&) { return "INTEGER"; },
                               [](const RealRange&) { return "NUMBER"; },
                               [](const LayerList&) { return "LAYER,..."; },
                               [](const Choices&) { return "CHOICE"; }},
                    field.domain);
}

std::string range(const Field& field) {
  return std::visit(
      Overloaded{[](const IntegerRange& range) {
                   return std::to_string(range.minimum) + " to " + std::to_string(range.maximum);
                 },
                 [](const RealRange& range) { return span_of(range.minimum, range.maximum); },
                 [](const LayerList& list) {
                   return std::to_string(list.minimum_items) + " to " +
                          std::to_string(list.maximum_items) + " of them";
                 },
                 [](const Choices& choices) {
                   std::string text;
                   for (const Choice& choice : choices)
                     text += (text.empty() ? "" : ", ") + std::string(choice.value);
                   return text;
                 }},
      field.domain);
}

// As it is typed.
std::string value_text(const Field& field, const Config& config) {
  const Json value = field.get(config);
  if (value.is_string()) return value.get<std::string>();
  std::string text = value.dump();
  std::erase_if(text, [](char letter) { return letter == '[' || letter == ']'; });
  return text;
}

std::string help(const Field& field) {
  std::string text = std::string(field.help) + " (" + range(field);
  if (!field.unit.empty()) text.append(" ").append(field.unit);
  text += "; default " + value_text(field, Config{});
  for (const auto& [other, values] : field.applies) {
    text.append("; only for ").append(other);
    for (const std::string_view value : values)
      text.append(value == values.front() ? " " : " or ").append(value);
    if (values.empty()) text += " above 0";
  }
  if (field.live) text += "; may change on --resume";
  return text + ")";
}

}  // namespace

std::string flag_name(const Field& field) {
  std::string name = "--" + std::string(field.name);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string changing_flags(const Config& base, const Config& config) {
  std::string text;
  for (const Field& field : fields())
    if (field.get(base) != field.get(config))
      text += " " + flag_name(field) + " " + value_text(field, config);
  return text;
}

// The options write into the flags' texts, which therefore must not move.
void ConfigFlags::add_to(CLI::App& command, std::string_view without) {
  flags_.reserve(fields().size());
  for (const Field& field : fields()) {
    if (field.name == without) continue;
    Flag& flag = flags_.emplace_back(Flag{.field = &field, .option = nullptr});
    flag.option = command.add_option(flag_name(field), flag.text, help(field));
    flag.option->type_name(value_name(field))->group("Config: " + std::string(field.group));
  }
}

void ConfigFlags::apply(Config& config) const {
  for (const auto& [field, option, text] : flags_)
    if (option->count() > 0) set_field_from_text(config, field->name, text);
}

std::string ConfigFlags::without_effect(const Config& config) const {
  std::string sentences;
  for (const auto& [field, option, text] : flags_)
    if (option->count() > 0 && !applies(*field, config))
      sentences += flag_name(*field) + " has no effect with these settings.\n";
  return sentences;
}

void ConfigFlags::check_live() const {
  for (const auto& [field, option, text] : flags_)
    if (option->count() > 0 && !field->live)
      throw Error(flag_name(*field) +
                  ": cannot be given with --resume, the run goes on with its own.");
}

}  // namespace ff::cli
