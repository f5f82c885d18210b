#include <CLI/CLI.hpp>
#include <iostream>
#include <vector>

#include "command.hpp"
#include "ff/error.hpp"

namespace ff::cli {
namespace {

constexpr int kFailureStatus = 1;
constexpr int kUsageStatus = 2;

int run(int argc, char** argv) {
  CLI::App program("Forward-Forward learning on real images", "ff");
  program.require_subcommand(1);
  const std::vector<Command> commands = {train_command(program)};
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    std::cerr << "ff: " << error.what() << std::endl;
    return kUsageStatus;
  }
  for (const Command& command : commands)
    if (command.app->parsed()) return command.run();
  return 0;
}

}  // namespace
}  // namespace ff::cli

int main(int argc, char** argv) {
  try {
    return ff::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "ff: " << error.what() << std::endl;
    return ff::cli::kFailureStatus;
  }
}
