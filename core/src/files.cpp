#include "ff/files.hpp"

#include <fstream>
#include <system_error>

#include "ff/error.hpp"

namespace ff {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 30;
constexpr std::size_t kChunk = std::size_t{1} << 16;

}  // namespace

std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) fail_file(path.string(), "there is no such file.");
  if (std::filesystem::is_directory(path, ignored)) {
    fail_file(path.string(), "this is a folder, a file was expected.");
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) fail_file(path.string(), "the file cannot be opened for reading.");
  // In chunks to the end, not by the size asked for beforehand: pipes have none.
  std::vector<std::uint8_t> bytes;
  while (stream) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunk);
    stream.read(reinterpret_cast<char*>(bytes.data() + before), kChunk);
    bytes.resize(before + static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > kLargestFile) fail_file(path.string(), "the file is larger than 1 GiB.");
  }
  if (!stream.eof()) fail_file(path.string(), "reading the file failed.");
  return bytes;
}

void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::filesystem::path partial = path;
  partial += ".part";
  std::ofstream stream(partial, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  stream.close();
  std::error_code failure;
  if (stream) std::filesystem::rename(partial, path, failure);
  if (!stream || failure) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    fail_file(path.string(),
              "the file cannot be written" + (failure ? " (" + failure.message() + ")." : "."));
  }
}

}  // namespace ff
