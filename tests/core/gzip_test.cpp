#include "ff/gzip.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <string>

#include "bytes.hpp"
#include "ff/error.hpp"
#include "gzipped.hpp"

using namespace ff;
using namespace ff::test;

namespace {

Bytes as_bytes(std::string_view text) { return {text.begin(), text.end()}; }

const Bytes kPlain = as_bytes("goodness goodness");
/// What zlib makes of kPlain with fixed Huffman codes.
const Bytes kFixed = {0x4b, 0xcf, 0xcf, 0x4f, 0xc9, 0x4b, 0x2d, 0x2e, 0x56, 0x48, 0x87, 0x32, 0x00};

}  // namespace

TEST_CASE("gzip unpacks stored blocks and fixed codes", "[gzip]") {
  Bytes long_text;
  for (std::uint64_t i = 0; i < 70000; ++i)
    long_text.push_back(static_cast<std::uint8_t>(i * i >> 3));
  CHECK(gunzip(gzipped(long_text), "f") == long_text);
  CHECK(gunzip(gzipped({}), "f").empty());
  CHECK(gunzip(gzip_file(kFixed, kPlain), "f") == kPlain);
}

TEST_CASE("gzip's optional header parts are passed over", "[gzip]") {
  Bytes file = gzip_file(kFixed, kPlain);
  file[3] = 2 | 4 | 8 | 16;
  const Bytes optional = {3, 0, 'a', 'b', 'c', 'n', 0, 'h', 'i', 0, 0x12, 0x34};
  file.insert(file.begin() + 10, optional.begin(), optional.end());
  CHECK(gunzip(file, "f") == kPlain);
}

TEST_CASE("a malformed gzip file is refused by name and cause", "[gzip]") {
  const Bytes good = gzip_file(kFixed, kPlain);
  const auto refused = [](Bytes bytes, const std::string& message) {
    CHECK_THROWS_WITH(gunzip(bytes, "f.gz"), message);
  };
  refused({'P', 'K'}, "f.gz: this is not a gzip file, which begins with the bytes 1f 8b.");
  refused({0x1f, 0x8b, 8}, "f.gz: the gzip file is truncated: it ends after 3 bytes.");
  Bytes method = good;
  method[2] = 7;
  refused(method, "f.gz: the gzip header is damaged: an unknown compression method or flag.");
  Bytes name = good;
  name[3] = 8;
  name.resize(20, 'n');
  refused(name, "f.gz: the gzip file is truncated: it ends after 20 bytes.");
  Bytes checksum = good;
  checksum[checksum.size() - 8] ^= 1;
  refused(checksum, "f.gz: the gzip file is damaged: its checksum does not match.");
  Bytes size = good;
  size[size.size() - 4] += 1;
  refused(
      size,
      "f.gz: the gzip file is truncated or damaged: it does not unpack to the 18 bytes that its "
      "end promises.");
  Bytes huge = good;
  huge.back() = 0xff;
  refused(
      huge,
      "f.gz: the gzip file unpacks to 4278190097 bytes by its own account, more than the 512 MiB "
      "allowed.");
}

TEST_CASE("a promise of 500 MiB in a few bytes is refused", "[gzip]") {
  Bytes file = gzip_file(kFixed, kPlain);
  file[file.size() - 1] = 0x1f;
  CHECK_THROWS_AS(gunzip(file, "bomb"), Error);
}

TEST_CASE("a gzip file cut or flipped anywhere is refused or harmless", "[gzip]") {
  const Bytes good = gzip_file(kFixed, kPlain);
  for (std::size_t size = 0; size < good.size(); ++size) {
    CHECK_THROWS_AS(gunzip(std::span(good).first(size), "cut"), Error);
  }
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes flipped = good;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    INFO("bit " << bit);
    try {
      const Bytes contents = gunzip(flipped, "flipped");
      CHECK(contents == kPlain);  // the bit was in the time stamp or the like
    } catch (const Error& error) {
      CHECK(is_one_sentence(error.what()));
    }
  }
}
