#include "ff/gzip.hpp"

#include <zlib.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <string>

#include "../bytes.hpp"
#include "ff/error.hpp"
#include "gzipped.hpp"

using namespace ff;
using namespace ff::test;

namespace {

Bytes as_bytes(std::string_view text) { return {text.begin(), text.end()}; }

const Bytes kPlain = as_bytes("goodness goodness");
/// What zlib makes of kPlain with fixed Huffman codes.
const Bytes kFixed = {0x4b, 0xcf, 0xcf, 0x4f, 0xc9, 0x4b, 0x2d, 0x2e, 0x56, 0x48, 0x87, 0x32, 0x00};

Bytes gzipped_zeros(std::size_t size) {
  const Bytes plain(size);
  Bytes packed(1000 + size / 500);
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = const_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(size);
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

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
  const Bytes optional = {3, 0, 'a', 'b', 'c', 'n', 0, 'h', 'i', 0};
  file.insert(file.begin() + 10, optional.begin(), optional.end());
  Bytes checksum;
  append_little_endian(checksum, crc32(std::span(file).first(20)) & 0xffff, 2);
  file.insert(file.begin() + 20, checksum.begin(), checksum.end());
  CHECK(gunzip(file, "f") == kPlain);
}

TEST_CASE("the members of a gzip file follow one another", "[gzip]") {
  Bytes file, expected;
  for (const Bytes& part : {kPlain, Bytes{}, Bytes(100'000, 7), kPlain}) {
    const Bytes member = gzipped(part);
    file.insert(file.end(), member.begin(), member.end());
    expected.insert(expected.end(), part.begin(), part.end());
  }
  CHECK(gunzip(file, "f") == expected);
  file.pop_back();
  CHECK_THROWS_WITH(gunzip(file, "f.gz"), "f.gz: the gzip file is truncated.");
}

TEST_CASE("zeros behind a gzip file are padding, anything else is damage", "[gzip]") {
  Bytes file = gzip_file(kFixed, kPlain);
  file.resize(file.size() + GENERATE(1, 2, 511, 10'000));
  CHECK(gunzip(file, "f") == kPlain);
  file.back() = 1;
  CHECK_THROWS_WITH(
      gunzip(file, "f.gz"),
      "f.gz: the gzip file is damaged: what follows its end is neither gzip nor zeros.");
}

TEST_CASE("a malformed gzip file is refused by name and cause", "[gzip]") {
  const Bytes good = gzip_file(kFixed, kPlain);
  const auto refused = [](const Bytes& bytes, const std::string& message) {
    CHECK_THROWS_WITH(gunzip(bytes, "f.gz"), message);
  };
  refused({'P', 'K'}, "f.gz: this is not a gzip file, which begins with the bytes 1f 8b.");
  refused({0x1f, 0x8b, 8}, "f.gz: the gzip file is truncated.");
  Bytes method = good;
  method[2] = 7;
  refused(method, "f.gz: the gzip file is damaged (unknown compression method).");
  Bytes checksum = good;
  checksum[checksum.size() - 8] ^= 1;
  refused(checksum, "f.gz: the gzip file is damaged (incorrect data check).");
  Bytes size = good;
  size[size.size() - 4] += 1;
  refused(size, "f.gz: the gzip file is damaged (incorrect length check).");
}

TEST_CASE("what a gzip file unpacks to is counted, not believed", "[gzip]") {
  Bytes modest = gzip_file(kFixed, kPlain);
  modest.back() = 0x1f;
  CHECK_THROWS_WITH(gunzip(modest, "f.gz"),
                    "f.gz: the gzip file is damaged (incorrect length check).");
  constexpr std::size_t kMebibyte = std::size_t{1} << 20;
  const Bytes mebibyte = gzipped_zeros(kMebibyte);
  Bytes bomb;
  for (int i = 0; i < 3; ++i) bomb.insert(bomb.end(), mebibyte.begin(), mebibyte.end());
  CHECK(gunzip(bomb, "f.gz", 3 * kMebibyte).size() == 3 * kMebibyte);
  CHECK_THROWS_WITH(gunzip(bomb, "f.gz", 2 * kMebibyte),
                    "f.gz: the gzip file unpacks to more than the 2 MiB allowed.");
}

TEST_CASE("a gzip file cut or flipped anywhere is refused or harmless", "[gzip]") {
  const Bytes good = gzip_file(kFixed, kPlain);
  for (std::size_t size = 0; size < good.size(); ++size) {
    INFO("cut to " << size << " bytes");
    CHECK_THROWS_WITH(gunzip(std::span(good).first(size), "cut"),
                      size < 2 ? "cut: this is not a gzip file, which begins with the bytes 1f 8b."
                               : "cut: the gzip file is truncated.");
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
