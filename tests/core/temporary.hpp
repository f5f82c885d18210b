#pragma once

#include <filesystem>
#include <string>

namespace ff::test {

/// An empty folder, nobody else's, that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    int number = 0;
    do path_ = std::filesystem::temp_directory_path() / ("ff-test-" + std::to_string(++number));
    while (!std::filesystem::create_directory(path_));  // false: there was one
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace ff::test
