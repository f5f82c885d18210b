#include "ff/files.hpp"

#include <fstream>
#include <system_error>

#include "command.hpp"
#include "ff/error.hpp"

namespace ff::cli {

void add_data_option(CLI::App& command, std::string& folder) {
  command
      .add_option("--data", folder,
                  "The folder of data sets, which holds mnist/ and others; for the data set "
                  "\"folder\" that of your own images of one size in 2 to 10 classes, PNG files: "
                  "DIR/train/CLASS/ and DIR/test/CLASS/, or only DIR/CLASS/, where every sixth is "
                  "for the test (default: the environment's FF_DATA)")
      ->envname("FF_DATA")
      ->type_name("DIR");
}

std::filesystem::path data_folder(const std::string& folder) {
  if (folder.empty())
    throw Error(
        "--data: expected the folder of data sets, which holds mnist/ and others, or that of your "
        "own images; or set FF_DATA to it.");
  return folder;
}

std::shared_ptr<const Dataset> load_split(const std::string& folder, const std::string& dataset,
                                          Split split) {
  return std::make_shared<Dataset>(load_dataset(data_folder(folder), dataset, split));
}

void write_text(const std::filesystem::path& path, const std::string& text) {
  write_file(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

void check_writable(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored))
    fail_file(path.string(), "this is a folder or a device, a file to write was expected.");
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (!std::filesystem::is_directory(folder, ignored))
    fail_file(path.string(),
              "the file cannot be written, there is no folder " + folder.string() + ".");
  std::filesystem::path probe = path;
  probe += ".probe";
  const bool possible = std::ofstream(probe).is_open();
  std::filesystem::remove(probe, ignored);
  if (!possible) fail_file(path.string(), "the file cannot be written in " + folder.string() + ".");
}

}  // namespace ff::cli
