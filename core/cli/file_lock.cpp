#include "file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "ff/error.hpp"

namespace ff::cli {
namespace {

// Whoever held the lock before may have taken its file away after it was opened here.
bool is_still_there(const std::filesystem::path& lock, int descriptor) {
  struct stat opened {};
  struct stat there {};
  return fstat(descriptor, &opened) == 0 && stat(lock.c_str(), &there) == 0 &&
         opened.st_ino == there.st_ino && opened.st_dev == there.st_dev;
}

// "net.safetensors" → "net-2.safetensors"
std::filesystem::path numbered(const std::filesystem::path& path, int number) {
  if (number == 1) return path;
  const std::string name =
      path.stem().string() + "-" + std::to_string(number) + path.extension().string();
  return path.parent_path() / name;
}

bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code ignored;
  return std::filesystem::equivalent(a, b, ignored);
}

}  // namespace

std::filesystem::path real_path(const std::filesystem::path& path) {
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path));
}

std::optional<FileLock> FileLock::of(const std::filesystem::path& path) {
  constexpr int kPermissions = 0666;  // less the umask
  const std::filesystem::path file = real_path(path);
  std::string name = ".";
  name.append(file.filename().string()).append(".lock");
  std::filesystem::path lock = file.parent_path() / name;
  for (;;) {
    const int descriptor = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kPermissions);
    if (descriptor < 0) return FileLock({}, -1);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      const bool held = errno == EWOULDBLOCK;
      close(descriptor);
      if (held) return std::nullopt;
      return FileLock({}, -1);
    }
    if (is_still_there(lock, descriptor)) return FileLock(std::move(lock), descriptor);
    close(descriptor);
  }
}

FileLock::FileLock(std::filesystem::path lock, int descriptor)
    : lock_(std::move(lock)), descriptor_(descriptor) {}

FileLock::FileLock(FileLock&& other) noexcept
    : lock_(std::move(other.lock_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ < 0) return;
  unlink(lock_.c_str());
  close(descriptor_);
}

FileLock lock(const std::filesystem::path& path) {
  auto held = FileLock::of(path);
  if (!held)
    fail_file(path.string(), "another run is at work on this file; wait for it, or name another.");
  return std::move(*held);
}

FileLock reserve(std::filesystem::path& wanted, const std::filesystem::path& own) {
  std::error_code ignored;
  for (int number = 1;; ++number) {
    std::filesystem::path file = numbered(wanted, number);
    if (std::filesystem::exists(file, ignored) && !is_same_file(file, own)) continue;
    auto held = FileLock::of(file);
    if (!held) continue;
    wanted = std::move(file);
    return std::move(*held);
  }
}

}  // namespace ff::cli
