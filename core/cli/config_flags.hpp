#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ff/config.hpp"
#include "ff/fields.hpp"

namespace ff::cli {

/// A flag for every field of Config: --learning-rate for learning_rate.
class ConfigFlags {
 public:
  /// All but the field named `without`.
  void add_to(CLI::App& command, std::string_view without = "");

  /// Sets the fields whose flags were given. Throws Error as set_field_from_text does.
  void apply(Config& config) const;

  /// A sentence for each flag that was given and does not matter; empty if all do.
  std::string without_effect(const Config& config) const;

  /// Throws Error when a field's flag was given that may not change while a run goes on.
  void check_live() const;

 private:
  struct Flag {
    const Field* field;
    CLI::Option* option;
    std::string text{};
  };
  std::vector<Flag> flags_;
};

/// "--learning-rate" for "learning_rate".
std::string flag_name(const Field& field);

/// The flags that make `base` into `config`, each after a space: " --layers 80,60 --epochs 2".
std::string changing_flags(const Config& base, const Config& config);

}  // namespace ff::cli
