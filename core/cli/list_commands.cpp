#include <iostream>
#include <memory>

#include "command.hpp"
#include "ff/fields.hpp"
#include "ff/presets.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

void print_json(const Preset& preset) {
  const Json json = {{"name", preset.name},
                     {"title", preset.title},
                     {"summary", preset.summary},
                     {"watch", preset.watch},
                     {"config", preset.fields}};
  std::cout << json.dump() << "\n";
}

void print_text(const Preset& preset) {
  std::cout << preset.name << ": " << preset.title << ", " << preset.summary << "\n";
  for (const auto& [name, value] : preset.fields.items())
    std::cout << "  " << left(name, 22) << value.dump() << "\n";
}

}  // namespace

Command presets_command(CLI::App& program) {
  CLI::App* app = program.add_subcommand(
      "presets", "List the named experiments and the config fields they set");
  const auto json = std::make_shared<bool>(false);
  app->add_flag(
      "--json", *json,
      "Print a JSON object a line: name, title, summary, watch (what to look at), config");
  return {app, [json] {
            for (const Preset& preset : presets()) (*json ? print_json : print_text)(preset);
            return 0;
          }};
}

Command schema_command(CLI::App& program) {
  CLI::App* app =
      program.add_subcommand("schema", "Print the JSON Schema (2020-12) of a config file");
  return {app, [] {
            std::cout << config_schema().dump(2) << "\n";
            return 0;
          }};
}

}  // namespace ff::cli
