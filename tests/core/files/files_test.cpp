#include "ff/files.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <set>
#include <string>

#include "../bytes.hpp"
#include "../temporary.hpp"
#include "ff/error.hpp"

namespace ff::test {
namespace {

using Catch::Matchers::ContainsSubstring;
using std::filesystem::path;
using std::filesystem::perms;

std::set<std::string> names_in(const path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

perms permissions(const path& file) { return std::filesystem::status(file).permissions(); }

TEST_CASE("files are written whole, read back, and named when that fails", "[files]") {
  const TemporaryFolder folder;
  const path file = folder.path() / "net.safetensors";
  const Bytes bytes(3000000, 7);
  write_file(file, bytes);
  write_file(file, Bytes{1, 2});
  CHECK(read_file(file) == Bytes{1, 2});
  write_file(file, bytes);
  CHECK(read_file(file) == bytes);
  write_file(file, Bytes{});
  CHECK(read_file(file).empty());
  CHECK(names_in(folder.path()) == std::set<std::string>{"net.safetensors"});

  const std::string none = (folder.path() / "none").string();
  CHECK_THROWS_WITH(read_file(none), none + ": there is no such file.");
  CHECK_THROWS_WITH(read_file(folder.path()),
                    folder.path().string() + ": this is a folder, a file was expected.");
  CHECK_THROWS_WITH(read_file("/dev/null"), "/dev/null: this is a device, a file was expected.");
  CHECK_THROWS_WITH(write_file(none + "/net", bytes),
                    none + "/net: the file cannot be written, there is no folder " + none + ".");
  CHECK_THROWS_WITH(
      write_file(folder.path(), bytes),
      folder.path().string() + ": this is a folder or a device, a file to write was expected.");
  CHECK_THROWS_WITH(write_file(file / "net", bytes),
                    (file / "net").string() + ": the file cannot be written: not a directory.");
  const path long_name = folder.path() / std::string(300, 'a');
  CHECK_THROWS_WITH(write_file(long_name, bytes), ContainsSubstring("too long"));
  const path longest = folder.path() / std::string(255, 'a');
  write_file(longest, Bytes{3});
  CHECK(read_file(longest) == Bytes{3});
}

TEST_CASE("a neighbour that looks like a file being written is nobody's to touch", "[files]") {
  const TemporaryFolder folder;
  const path file = folder.path() / "net";
  for (const auto* other : {"net.part", "net.part-1", "net.probe"})
    write_file(folder.path() / other, Bytes{9});
  check_writable(file);
  write_file(file, Bytes{1});
  CHECK(names_in(folder.path()) ==
        std::set<std::string>{"net", "net.part", "net.part-1", "net.probe"});
  CHECK(read_file(folder.path() / "net.part") == Bytes{9});
  CHECK(read_file(folder.path() / "net.part-1") == Bytes{9});
}

TEST_CASE("a symbolic link stays one, and what it leads to is written", "[files]") {
  const TemporaryFolder folder;
  const path store = folder.path() / "store";
  std::filesystem::create_directory(store);
  write_file(store / "old", Bytes{1});
  std::filesystem::create_symlink("store/old", folder.path() / "there");
  std::filesystem::create_symlink(store / "new", folder.path() / "dangling");
  std::filesystem::create_symlink("there", folder.path() / "twice");
  std::filesystem::create_symlink("round", folder.path() / "round");

  write_file(folder.path() / "twice", Bytes{2});
  CHECK(read_file(store / "old") == Bytes{2});
  write_file(folder.path() / "dangling", Bytes{3});
  CHECK(read_file(store / "new") == Bytes{3});
  for (const auto* link : {"there", "dangling", "twice"})
    CHECK(std::filesystem::is_symlink(folder.path() / link));
  const path round = folder.path() / "round";
  CHECK_THROWS_WITH(write_file(round, Bytes{4}),
                    round.string() + ": the symbolic links lead round in a circle.");
}

TEST_CASE("what is replaced leaves its permissions, and what is read-only is not", "[files]") {
  const TemporaryFolder folder;
  const path file = folder.path() / "net";
  write_file(file, Bytes{1});
  const perms own = perms::owner_read | perms::owner_write | perms::group_read;
  std::filesystem::permissions(file, own);
  write_file(file, Bytes{2});
  CHECK(permissions(file) == own);

  std::filesystem::permissions(file, perms::owner_read);
  const std::string sentence = file.string() + ": the file is read-only, so it stays as it is.";
  CHECK_THROWS_WITH(check_writable(file), sentence);
  CHECK_THROWS_WITH(write_file(file, Bytes{3}), sentence);
  CHECK(read_file(file) == Bytes{2});
}

TEST_CASE("whether a file can be written is found out without a trace", "[files]") {
  const TemporaryFolder folder;
  const path file = folder.path() / "net";
  check_writable(file);
  CHECK(names_in(folder.path()).empty());
  write_file(file, Bytes{1});
  const auto written = std::filesystem::last_write_time(file);
  check_writable(file);
  CHECK(read_file(file) == Bytes{1});
  CHECK((std::filesystem::last_write_time(file) == written));
  CHECK(names_in(folder.path()) == std::set<std::string>{"net"});
  CHECK_THROWS_WITH(check_writable("/nowhere/net"),
                    "/nowhere/net: the file cannot be written, there is no folder /nowhere.");
}

TEST_CASE("a file beyond the limit is refused before it is read", "[files]") {
  const TemporaryFolder folder;
  const path file = folder.path() / "huge";
  write_file(file, Bytes{1});
  std::filesystem::resize_file(file, kLargestFile + 1);  // takes no room on the disk
  CHECK_THROWS_WITH(read_file(file), file.string() + ": the file is larger than 1 GiB.");
}

}  // namespace
}  // namespace ff::test
