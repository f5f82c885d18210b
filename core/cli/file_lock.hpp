#pragma once

#include <filesystem>
#include <optional>

namespace ff::cli {

/// The one name of a file that several names lead to, be it there or not.
std::filesystem::path real_path(const std::filesystem::path& path);

/// A file that no other run of this program writes as long as this lives: held by the hidden
/// neighbour .NAME.lock, which goes away with it, and which counts for nothing once its process is
/// gone, however that ended.
class FileLock {
 public:
  /// None when another run holds it.
  static std::optional<FileLock> of(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  FileLock(std::filesystem::path lock, int descriptor);

  std::filesystem::path lock_;
  int descriptor_;  ///< below 0 where nothing can be locked: in a folder that cannot be written
};

/// Throws Error when another run holds it.
FileLock lock(const std::filesystem::path& path);

/// Reserves a file for this run that it was not told to write: `wanted`, or with a number to its
/// name when that is there already or another run's. One that is `own`, if any, may be written
/// again. `wanted` becomes the file.
FileLock reserve(std::filesystem::path& wanted, const std::filesystem::path& own);

}  // namespace ff::cli
