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
                               [](const IntegerList&) { return "N,N,..."; },
                               [](const Choices&) { return "CHOICE"; }},
                    field.domain);
}

std::string range(const Field& field) {
  return std::visit(
      Overloaded{[](const IntegerRange& range) {
                   return std::to_string(range.minimum) + " to " + std::to_string(range.maximum);
                 },
                 [](const RealRange& range) { return span_of(range.minimum, range.maximum); },
                 [](const IntegerList& list) {
                   return std::to_string(list.minimum_items) + " to " +
                          std::to_string(list.maximum_items) + " of them, each " +
                          span_of(list.item.minimum, list.item.maximum);
                 },
                 [](const Choices& choices) {
                   std::string text;
                   for (const Choice& choice : choices)
                     text += (text.empty() ? "" : ", ") + std::string(choice.value);
                   return text;
                 }},
      field.domain);
}

std::string default_text(const Field& field) {
  const Json value = field.get(Config{});
  if (value.is_string()) return value.get<std::string>();
  std::string text = value.dump();
  std::erase_if(text, [](char letter) { return letter == '[' || letter == ']'; });
  return text;
}

std::string help(const Field& field) {
  std::string text = std::string(field.help) + " (" + range(field);
  if (!field.unit.empty()) text.append(" ").append(field.unit);
  text += "; default " + default_text(field);
  if (field.applies) {
    text.append("; only for ").append(field.applies->field);
    for (const std::string_view value : field.applies->values)
      text.append(value == field.applies->values.front() ? " " : " or ").append(value);
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

void ConfigFlags::add_to(CLI::App& command) {
  texts_.resize(fields().size());
  for (std::size_t index = 0; index < texts_.size(); ++index) {
    const Field& field = fields()[index];
    CLI::Option* option = command.add_option(flag_name(field), texts_[index], help(field));
    option->type_name(value_name(field))->group("Config: " + std::string(field.group));
    flags_.push_back({&field, option});
  }
}

void ConfigFlags::apply(Config& config) const {
  for (std::size_t index = 0; index < flags_.size(); ++index)
    if (flags_[index].option->count() > 0)
      set_field_from_text(config, flags_[index].field->name, texts_[index]);
}

void ConfigFlags::check_live() const {
  for (const auto& [field, option] : flags_)
    if (option->count() > 0 && !field->live)
      throw Error(flag_name(*field) +
                  ": cannot be given with --resume, the run goes on with its own.");
}

}  // namespace ff::cli
