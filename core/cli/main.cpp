#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "ff/error.hpp"
#include "ff/explain.hpp"
#include "help.hpp"
#include "kernels.hpp"
#include "standard_streams.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

constexpr int kUsageStatus = 2;

constexpr auto kExamples =
    "Examples:\n"
    "  ff train --preset supervised --out model.safetensors\n"
    "  ff train --layers 1000,1000 --learning-rate 0.0005 --epochs 5 --json\n"
    "  ff eval model.safetensors\n"
    "  ff predict model.safetensors seven.png\n"
    "  ff reproduce supervised --out results\n"
    "  ff plot results/supervised.json --out supervised.svg\n\n"
    "Each command tells its options by --help. The exit status is 0 when all went\n"
    "well, 1 on bad input, 2 on a wrong command line, 130 when interrupted.\n\n"
    "The environment's FF_KERNELS names the instruction set of the products; this\n"
    "machine has: ";

// What the user would type to call this program again.
std::string invocation(const char* path) {
  const char* script = std::getenv("npm_lifecycle_event");
  const bool by_npm = script != nullptr && std::string_view(script) == "ff";
  return by_npm ? "npm run --silent ff --" : shell_quoted(path);
}

// The whole of it, to be run once more.
std::string same_again(int argc, char** argv) {
  std::string command = invocation(argv[0]);
  for (int index = 1; index < argc; ++index) command += " " + shell_quoted(argv[index]);
  return command;
}

std::string usage_error(const CLI::App& program, const CLI::ParseError& error) {
  const auto strange = program.remaining(true);
  std::string message = strange.empty() ? error.what() : strange.front() + ": not understood";
  std::string command = "ff";
  for (const CLI::App* app : program.get_subcommands()) command += " " + app->get_name();
  return message + "; see " + command + " --help.";
}

// It comes from a script whose variable is not set, and would pass for an option not given.
void refuse_empty_values(const CLI::App& program) {
  for (const CLI::App* command : program.get_subcommands())
    for (const CLI::Option* option : command->get_options())
      for (const std::string& value : option->results())
        if (value.empty())
          throw CLI::ValidationError(option->get_name(), "expected a value, got an empty one");
}

int run(int argc, char** argv) {
  CLI::App program("Forward-Forward learning on real images: train nets, judge them, read digits.",
                   "ff");
  program.require_subcommand(1);
  // Inherited by the commands' options: the last of several counts, so that a script's can be
  // overridden, and a flag takes no value.
  program.option_defaults()
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->disable_flag_override();
  program.formatter(std::make_shared<HelpFormatter>());
  program.set_version_flag("--version", "ff " FF_VERSION);
  program.footer(kExamples + kernels::runnable_names() + ".");
  const std::vector<Command> commands = {train_command(program, invocation(argv[0])),
                                         eval_command(program),
                                         predict_command(program),
                                         reproduce_command(program, same_again(argc, argv)),
                                         plot_command(program),
                                         presets_command(program),
                                         schema_command(program)};
  try {
    program.parse(argc, argv);
    refuse_empty_values(program);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    note(usage_error(program, error));
    return kUsageStatus;
  }
  kernels::chosen();  // a wrong FF_KERNELS is told before any work
  int status = 0;
  for (const Command& command : commands)
    if (command.app->parsed()) status = command.run();
  if (!std::cout.flush() && status == 0 && !stdout_has_no_reader())
    throw Error("standard output: it could not be written to the end.");
  return status;
}

}  // namespace
}  // namespace ff::cli

int main(int argc, char** argv) {
  ff::cli::open_standard_streams();
  std::signal(SIGXFSZ, SIG_IGN);  // a file grown too large is a failed write like others
  try {
    return ff::cli::run(argc, argv);
  } catch (const std::exception& error) {
    ff::cli::note(ff::explain(error));
    return ff::cli::kFailureStatus;
  }
}
