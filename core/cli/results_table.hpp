#pragma once

#include <filesystem>

namespace ff::cli {

/// Writes DIR/README.md: a table of all records in that folder. Errors of records that are not
/// finished are left out. Throws Error when a JSON file in the folder is no record.
void write_results_table(const std::filesystem::path& folder);

}  // namespace ff::cli
