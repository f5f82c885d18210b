#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "ff/dataset.hpp"
#include "ff/network.hpp"

namespace ff::cli {

/// The exit status on bad input.
inline constexpr int kFailureStatus = 1;

/// A subcommand: what it understands, and what it does once that is parsed.
struct Command {
  CLI::App* app;
  std::function<int()> run;  ///< returns the exit status; throws Error
};

/// `invocation` is how the program was called, for a command that the user is told to run.
Command train_command(CLI::App& program, const std::string& invocation);
Command eval_command(CLI::App& program);
Command predict_command(CLI::App& program);
Command presets_command(CLI::App& program);
/// `invocation` is the whole command line, which the user is told to run again.
Command reproduce_command(CLI::App& program, const std::string& invocation);
Command plot_command(CLI::App& program);
Command schema_command(CLI::App& program);

/// --data DIR, or FF_DATA.
void add_data_option(CLI::App& command, std::string& folder);

/// Throws Error when neither was given.
std::filesystem::path data_folder(const std::string& folder);

/// One split of a data set in that folder.
std::shared_ptr<const Dataset> load_split(const std::string& folder, const std::string& dataset,
                                          Split split);

/// The split of a net's own data set. Throws Error naming the folder when its images are not of the
/// size that the net takes.
std::shared_ptr<const Dataset> load_fitting(const std::string& folder, const Network& network,
                                            Split split);

/// What a file to read is called by: "-" is standard input.
std::filesystem::path path_of(const std::string& name);

/// --threads N; `threads` becomes the default, and is still to be given to set_thread_count.
void add_threads_option(CLI::App& command, int& threads);

/// As write_file.
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace ff::cli
