#include "ff/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "ff/error.hpp"
#include "ff/explain.hpp"

namespace ff {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;
constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30;

std::error_code last_failure() { return {errno, std::generic_category()}; }

/// An open file; closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void reset(int number) {
    close();
    number_ = number;
  }
  bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void fail_reading(const std::filesystem::path& path) {
  fail_file(path.string(), "the file cannot be read: " + system_cause(last_failure()) + ".");
}

[[noreturn]] void fail_writing(const std::filesystem::path& path) {
  fail_file(path.string(), "the file cannot be written: " + system_cause(last_failure()) + ".");
}

/// How many bytes a file holds; 0 for a pipe, which does not know.
std::uint64_t size_of(const Descriptor& file, const std::filesystem::path& path) {
  struct stat status {};
  if (fstat(file.number(), &status) != 0) fail_reading(path);
  if (S_ISDIR(status.st_mode)) fail_file(path.string(), "this is a folder, a file was expected.");
  if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
    fail_file(path.string(), "this is a device, a file was expected.");
  return S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// Where a path leads through symbolic links, be there something at their end or not.
std::filesystem::path end_of_links(const std::filesystem::path& path) {
  constexpr int kMostLinks = 40;
  std::error_code ignored;
  std::filesystem::path end = path;
  for (int links = 0; std::filesystem::is_symlink(end, ignored); ++links) {
    if (links == kMostLinks) fail_file(path.string(), "the symbolic links lead round in a circle.");
    end = end.parent_path() / std::filesystem::read_symlink(end);
  }
  return end;
}

/// A file that is being written, beside the place where it will be. Goes away unless it is put
/// there.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path) : path_(path), place_(end_of_links(path)) {
    struct stat old {};
    const bool replaces = stat(place_.c_str(), &old) == 0;
    if (!replaces && errno != ENOENT) fail_writing(path_);
    if (replaces) check_replaceable(old);
    open_beside();
    if (replaces) be_like(old);
  }
  ~NewFile() {
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail_writing(path_);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  // On the disk before it takes its place, or a power cut could leave an empty file there.
  void put_in_place() {
    const bool flushed = fsync(file_.number()) == 0 || errno == EINVAL;  // EINVAL: knows no fsync
    if (!flushed || !file_.close() || rename(temporary_.c_str(), place_.c_str()) != 0)
      fail_writing(path_);
    temporary_.clear();
    const Descriptor folder(open(folder_of(place_).c_str(), O_RDONLY | O_CLOEXEC));
    if (folder.is_open()) fsync(folder.number());
  }

 private:
  static std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
  }

  void check_replaceable(const struct stat& old) const {
    if (!S_ISREG(old.st_mode))
      fail_file(path_.string(), "this is a folder or a device, a file to write was expected.");
    // The superuser may write it all the same, but whoever made it read-only meant it.
    const bool meant = (old.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0;
    if (meant || access(place_.c_str(), W_OK) != 0)
      fail_file(path_.string(), "the file is read-only, so it stays as it is.");
  }

  // Nobody else's name: what is there already, be it left by a run that was killed, is passed over.
  void open_beside() {
    constexpr std::size_t kLongestName = 200;
    constexpr int kPermissions = 0666;  // less the umask
    const std::string name = place_.filename().string().substr(0, kLongestName);
    for (int number = 1; !file_.is_open(); ++number) {
      temporary_ = folder_of(place_) / (name + ".part-" + std::to_string(number));
      file_.reset(open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPermissions));
      if (file_.is_open() || errno == EEXIST) continue;
      temporary_.clear();
      if (errno == ENOENT)
        fail_file(path_.string(), "the file cannot be written, there is no folder " +
                                      folder_of(place_).string() + ".");
      fail_writing(path_);
    }
  }

  // As far as can be: only the superuser may give a file away, and some disks know no permissions.
  void be_like(const struct stat& old) const {
    constexpr mode_t kPermissions = 07777;
    [[maybe_unused]] const int given = fchown(file_.number(), old.st_uid, old.st_gid);
    [[maybe_unused]] const int same = fchmod(file_.number(), old.st_mode & kPermissions);
  }

  std::filesystem::path path_, place_, temporary_{};
  Descriptor file_{-1};
};

}  // namespace

std::vector<std::uint8_t> read_file(const std::filesystem::path& path, std::uint64_t limit) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) fail_file(path.string(), "there is no such file.");
  if (!file.is_open()) fail_reading(path);
  const std::uint64_t size = size_of(file, path);
  const std::uint64_t most = size > 0 ? limit : std::min(limit, kLargestFile);
  const auto check = [&](std::uint64_t count) {
    if (count > most)
      fail_file(path.string(),
                "the file is larger than " + std::to_string(most / kGibibyte) + " GiB.");
  };
  check(size);
  // To the end, not by the size asked for beforehand: pipes have none.
  std::vector<std::uint8_t> bytes;
  bytes.reserve(static_cast<std::size_t>(size) + kChunk);
  for (;;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunk);
    const ssize_t count = read(file.number(), bytes.data() + before, kChunk);
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && errno != EINTR) fail_reading(path);
    if (count == 0) return bytes;
    check(bytes.size());
  }
}

void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  NewFile file(path);
  file.write(bytes);
  file.put_in_place();
}

void check_writable(const std::filesystem::path& path) { const NewFile probe(path); }

}  // namespace ff
