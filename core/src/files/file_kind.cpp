#include "file_kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ff {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::size_t at;
  std::string_view bytes;
  std::string_view kind;
};

constexpr std::array kMarks = {
    Mark{0, "\x89PNG\r\n\x1a\n"sv, "a PNG image"},
    Mark{0, "\xff\xd8\xff"sv, "a JPEG image"},
    Mark{0, "GIF8"sv, "a GIF image"},
    Mark{8, "WEBP"sv, "a WebP image"},
    Mark{0, "II*\0"sv, "a TIFF image"},
    Mark{0, "MM\0*"sv, "a TIFF image"},
    Mark{4, "ftypavif"sv, "an AVIF image"},
    Mark{4, "ftypheic"sv, "a HEIC image"},
    Mark{4, "ftypheix"sv, "a HEIC image"},
    Mark{4, "ftypmif1"sv, "a HEIC image"},
    Mark{0, "\xff\x0a"sv, "a JPEG XL image"},
    Mark{4, "JXL \r\n"sv, "a JPEG XL image"},
    Mark{4, "jP  \r\n"sv, "a JPEG 2000 image"},
    Mark{0, "%PDF-"sv, "a PDF file"},
    Mark{0, "\x1f\x8b\x08"sv, "a gzip file"},
    Mark{0,
         "\xfd"
         "7zXZ"sv,
         "an xz file"},
    Mark{0, "BZh"sv, "a bzip2 file"},
    Mark{0, "\x28\xb5\x2f\xfd"sv, "a zstd file"},
    Mark{0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    Mark{0, "Rar!"sv, "a RAR archive"},
    Mark{257, "ustar"sv, "a tar archive"},
    Mark{0, "\x93NUMPY"sv, "a NumPy file"},
    Mark{0, "\x89HDF\r\n"sv, "an HDF5 file"},
    Mark{0, "GGUF"sv, "a GGUF file"},
    Mark{0,
         "\x7f"
         "ELF"sv,
         "a program"},
    Mark{0, "\0\0\x08\x03"sv, "an IDX image file"},
    Mark{0, "\0\0\x08\x01"sv, "an IDX label file"},
    Mark{4, "\0\0\0\0{"sv, "a safetensors file"},
    Mark{0, "version https://git-lfs.github.com/spec/"sv,
         "a Git LFS pointer in place of the file, which git lfs pull fetches"},
};

/// Pickles since Python 2.3 say their protocol first; PyTorch's files of old are pickles.
bool is_pickle(std::string_view text) {
  return text.size() >= 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5;
}

/// PyTorch's files of today are zip archives, the first file of which is data.pkl in some folder.
std::string_view kind_of_zip(std::string_view text) {
  constexpr std::size_t kName = 30;
  constexpr std::size_t kLongestName = 100;
  const std::string_view name = text.substr(std::min(kName, text.size()), kLongestName);
  return name.find("/data.pkl") == std::string_view::npos ? "a zip archive" : "a PyTorch file";
}

/// Whether a byte is one of text in UTF-8.
bool is_readable(unsigned char byte) {
  constexpr unsigned char kDelete = 0x7f, kBeyond = 0xf8;
  return byte < ' ' ? byte >= '\t' && byte <= '\r' : byte != kDelete && byte < kBeyond;
}

std::string_view kind_of_text(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // the mark of UTF-8
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const auto begins = [text](std::string_view with) {
    return std::ranges::equal(text.substr(0, with.size()), with,
                              [](unsigned char a, char b) { return std::tolower(a) == b; });
  };
  if (begins("<!doctype html") || begins("<html") || begins("<head") || begins("<!--"))
    return "an HTML page";
  if (begins("<?xml") || begins("<svg")) return "an XML or SVG file";
  if (begins("{") || begins("[")) return "a JSON file";
  return "a text file";
}

}  // namespace

std::string_view kind_of_file(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kLookedAt = 512;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()),
                              std::min(bytes.size(), kLookedAt));
  if (text.empty()) return "an empty file";
  for (const Mark& mark : kMarks) {
    if (text.size() > mark.at && text.substr(mark.at).starts_with(mark.bytes)) return mark.kind;
  }
  if (text.starts_with("PK\x03\x04")) return kind_of_zip(text);
  if (is_pickle(text)) return "a Python pickle, as PyTorch writes them";
  if (std::ranges::all_of(text, is_readable)) return kind_of_text(text);
  return text.starts_with("BM") ? "a BMP image" : "";
}

}  // namespace ff
