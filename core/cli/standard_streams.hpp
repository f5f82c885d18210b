#pragma once

#include <string_view>

namespace ff::cli {

/// Fills in what the caller left closed, or the next file that is opened would take its place and
/// be written what was meant for the terminal.
void open_standard_streams();

/// Whether nobody reads stdout any more: a pipe whose end is closed, a terminal that is gone.
bool stdout_has_no_reader();

/// A sentence beside what a run prints, on stderr.
void note(std::string_view sentence);

}  // namespace ff::cli
