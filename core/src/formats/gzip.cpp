#include "ff/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "ff/error.hpp"

namespace ff {
namespace {

constexpr std::size_t kUnpackedAtOnce = std::size_t{1} << 16;
constexpr int kGzipOfAnyWindow = 16 + MAX_WBITS;

/// zlib's state while a file is unpacked.
class Inflater {
 public:
  Inflater(std::span<const std::uint8_t> bytes, std::string_view name) : name_(name) {
    if (bytes.size() > std::numeric_limits<uInt>::max())
      fail_file(name, "the gzip file is larger than 4 GiB.");
    // zlib is written in C, and does not write here.
    stream_.next_in = const_cast<Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    if (inflateInit2(&stream_, kGzipOfAnyWindow) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::span<const std::uint8_t> rest() const { return {stream_.next_in, stream_.avail_in}; }

  /// Appends what the next member unpacks to, to no more than `most` bytes in all.
  void unpack_member(std::vector<std::uint8_t>& output, std::size_t most) {
    inflateReset(&stream_);
    int state = Z_OK;
    while (state == Z_OK) {
      const std::size_t before = output.size();
      output.resize(before + kUnpackedAtOnce);
      stream_.next_out = output.data() + before;
      stream_.avail_out = static_cast<uInt>(kUnpackedAtOnce);
      state = inflate(&stream_, Z_NO_FLUSH);
      output.resize(output.size() - stream_.avail_out);
      if (output.size() > most)
        fail_file(name_, "the gzip file unpacks to more than the " + std::to_string(most >> 20) +
                             " MiB allowed.");
    }
    if (state == Z_MEM_ERROR) throw std::bad_alloc();
    if (state == Z_BUF_ERROR) fail_file(name_, "the gzip file is truncated.");
    if (state != Z_STREAM_END) {
      const char* cause = stream_.msg ? stream_.msg : "an unknown cause";
      fail_file(name_, "the gzip file is damaged (" + std::string(cause) + ").");
    }
  }

 private:
  z_stream stream_{};
  std::string_view name_;
};

}  // namespace

bool is_gzip(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

std::vector<std::uint8_t> gunzip(std::span<const std::uint8_t> bytes, std::string_view name,
                                 std::size_t most) {
  if (!is_gzip(bytes))
    fail_file(name, "this is not a gzip file, which begins with the bytes 1f 8b.");
  std::vector<std::uint8_t> output;
  Inflater inflater(bytes, name);
  do inflater.unpack_member(output, most);
  while (is_gzip(inflater.rest()));
  if (std::ranges::any_of(inflater.rest(), [](std::uint8_t byte) { return byte != 0; }))
    fail_file(name, "the gzip file is damaged: what follows its end is neither gzip nor zeros.");
  return output;
}

NamedBytes unpacked(NamedBytes file) {
  if (!is_gzip(file.bytes)) return file;
  return {.name = file.name + " (unpacked)", .bytes = gunzip(file.bytes, file.name)};
}

}  // namespace ff
