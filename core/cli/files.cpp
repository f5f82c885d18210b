#include "ff/files.hpp"

#include "command.hpp"
#include "ff/error.hpp"
#include "ff/load_dataset.hpp"

namespace ff::cli {

void add_data_option(CLI::App& command, std::string& folder) {
  command
      .add_option(
          "--data", folder,
          "The folder of data sets, which holds mnist/ and others; for the data set "
          "\"folder\" that of your own images of one size in 2 to 1000 classes, PNG or JPEG files: "
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

std::shared_ptr<const Dataset> load_fitting(const std::string& folder, const Network& network,
                                            Split split) {
  const std::string& name = network.config.dataset;
  auto images = load_split(folder, name, split);
  if (const std::string fault = misfit(network, *images); !fault.empty()) {
    std::filesystem::path place = folder;
    if (name != "folder") place /= name;
    fail_file(place.string(),
              std::string("the ") + (split == Split::kTest ? "test " : "training ") + fault);
  }
  return images;
}

std::filesystem::path path_of(const std::string& name) { return name == "-" ? "/dev/stdin" : name; }

void write_text(const std::filesystem::path& path, const std::string& text) {
  write_file(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace ff::cli
