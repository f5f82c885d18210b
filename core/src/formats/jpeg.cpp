// jpeglib.h needs what comes before it.
// clang-format off
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

#include <algorithm>
#include <array>
#include <string>

#include "decoders.hpp"
#include "ff/error.hpp"

namespace ff {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::string_view kExif{"Exif\0\0", 6};
constexpr int kExifMarker = JPEG_APP0 + 1;
constexpr unsigned kLongestMarker = 0xffff;
/// Progressive files of cameras and programs have about ten; each takes a pass over the picture.
constexpr int kMostScans = 100;

/// What libjpeg goes on from, with grey where data are missing, unless it is nothing but untidy.
bool is_harmless(int warning) {
  constexpr std::array kHarmless = {JWRN_EXTRANEOUS_DATA, JWRN_ADOBE_XFORM, JWRN_JFIF_MAJOR,
                                    JWRN_BOGUS_ICC};
  return std::ranges::find(kHarmless, warning) != kHarmless.end();
}

/// libjpeg reading one file. It gives up by a jump, so whoever calls it does so within `run`.
class JpegReader {
 public:
  JpegReader(Bytes bytes, std::string_view name) : name_(name) {
    jpeg_.err = jpeg_std_error(&errors_);
    errors_.error_exit = give_up;
    errors_.emit_message = warn;
    errors_.output_message = [](j_common_ptr) {};
    jpeg_.client_data = this;
    run([&] {
      jpeg_create_decompress(&jpeg_);
      jpeg_mem_src(&jpeg_, bytes.data(), bytes.size());
    });
  }
  ~JpegReader() { jpeg_destroy_decompress(&jpeg_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  StoredPicture read_header() {
    run([&] {
      jpeg_save_markers(&jpeg_, kExifMarker, kLongestMarker);
      jpeg_read_header(&jpeg_, TRUE);
    });
    if (jpeg_.jpeg_color_space == JCS_CMYK || jpeg_.jpeg_color_space == JCS_YCCK) {
      fail_file(
          name_,
          "the JPEG image is in CMYK, the colours of print, one in RGB or grey was expected.");
    }
    const StoredPicture header{.width = static_cast<int>(jpeg_.image_width),
                               .height = static_cast<int>(jpeg_.image_height),
                               .colour = jpeg_.jpeg_color_space != JCS_GRAYSCALE,
                               .orientation = orientation()};
    check_side(header, name_);
    return header;
  }

  /// After the header: all pixels as RGBA.
  std::vector<std::uint8_t> read_pixels(const StoredPicture& header) {
    const std::size_t row = std::size_t{kRgba} * header.width;
    std::vector<std::uint8_t> pixels;
    jpeg_progress_mgr progress{};
    progress.progress_monitor = watch;
    run([&] {
      jpeg_.progress = &progress;
      jpeg_.out_color_space = JCS_EXT_RGBA;
      jpeg_start_decompress(&jpeg_);
      while (jpeg_.output_scanline < jpeg_.output_height) {
        pixels.resize(pixels.size() + row);  // as they come: a header may promise anything
        JSAMPROW next = pixels.data() + pixels.size() - row;
        jpeg_read_scanlines(&jpeg_, &next, 1);
      }
      jpeg_finish_decompress(&jpeg_);
    });
    return pixels;
  }

 private:
  static JpegReader& self(j_common_ptr jpeg) {
    return *static_cast<JpegReader*>(jpeg->client_data);
  }

  [[noreturn]] static void give_up(j_common_ptr jpeg) {
    JpegReader& reader = self(jpeg);
    jpeg->err->format_message(jpeg, reader.cause_.data());
    std::longjmp(reader.jump_, 1);  // NOLINT(cert-err52-cpp)
  }

  /// Called for what can be gone on from, with a level below 0, and for the like of a log.
  static void warn(j_common_ptr jpeg, int level) {
    if (level < 0 && !is_harmless(jpeg->err->msg_code)) give_up(jpeg);
  }

  static void watch(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number <= kMostScans) return;
    jpeg->err->msg_code = JERR_BAD_PROGRESSION;
    give_up(jpeg);
  }

  template <class Work>
  void run(const Work& work) {
    if (survives(jump_, work)) return;
    if (errors_.msg_code == JWRN_JPEG_EOF || errors_.msg_code == JERR_INPUT_EMPTY)
      fail_file(name_, "the JPEG image is truncated.");
    fail_file(name_, "the JPEG image cannot be decoded (" + std::string(cause_.data()) + ").");
  }

  int orientation() const {
    for (auto* marker = jpeg_.marker_list; marker; marker = marker->next) {
      const Bytes data(marker->data, marker->data_length);
      if (data.size() > kExif.size() && std::ranges::equal(data.first(kExif.size()), kExif))
        return exif_orientation(data.subspan(kExif.size()));
    }
    return 1;
  }

  std::jmp_buf jump_{};
  std::array<char, JMSG_LENGTH_MAX> cause_{};
  jpeg_error_mgr errors_{};
  jpeg_decompress_struct jpeg_{};
  std::string_view name_;
};

}  // namespace

StoredPicture jpeg_header(Bytes bytes, std::string_view name) {
  return JpegReader(bytes, name).read_header();
}

DecodedPicture decode_jpeg(Bytes bytes, std::string_view name) {
  JpegReader reader(bytes, name);
  const StoredPicture header = reader.read_header();
  return {.stored = header, .pixels = reader.read_pixels(header)};
}

}  // namespace ff
