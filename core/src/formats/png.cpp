#include <png.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <new>
#include <string>

#include "decoders.hpp"
#include "ff/error.hpp"

namespace ff {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// Deflate's best: a match of 258 bytes in 2 bits (and some bits of block header).
constexpr std::size_t kDeflateLimit = 1032;

/// libpng reading one file. It gives up by a jump, so whoever calls it does so within `run`.
class PngReader {
 public:
  PngReader(Bytes bytes, std::string_view name)
      : png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, give_up, pass_over)),
        info_(png_ ? png_create_info_struct(png_) : nullptr),
        rest_(bytes),
        name_(name) {
    if (!info_) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  StoredPicture read_header() {
    StoredPicture header;
    const std::size_t size = rest_.size();
    run([&] {
      png_set_read_fn(png_, this, read);
      png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
      // Of what is not needed to draw it, only which way up it is.
      png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
      png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_AS_DEFAULT, kExif.data(), 1);
      png_read_info(png_, info_);
      header = {.width = static_cast<int>(png_get_image_width(png_, info_)),
                .height = static_cast<int>(png_get_image_height(png_, info_)),
                .colour = has_colour(),
                .orientation = orientation()};
    });
    check_side(header, name_);
    // Or a few bytes could ask for all memory.
    if (png_get_rowbytes(png_, info_) * header.height / kDeflateLimit > size) fail_truncated();
    return header;
  }

  /// After the header: all pixels as RGBA.
  std::vector<std::uint8_t> read_pixels(const StoredPicture& header) {
    const std::size_t row = std::size_t{kRgba} * header.width;
    std::vector<std::uint8_t> pixels(row * header.height);
    std::vector<png_bytep> rows(header.height);
    for (std::size_t y = 0; y < rows.size(); ++y) rows[y] = pixels.data() + y * row;
    run([&] {
      png_set_expand(png_);
      png_set_scale_16(png_);
      png_set_gray_to_rgb(png_);
      png_set_add_alpha(png_, 255, PNG_FILLER_AFTER);
      png_set_interlace_handling(png_);
      png_read_update_info(png_, info_);
      if (png_get_rowbytes(png_, info_) != row) png_error(png_, "of an unknown kind");
      png_read_image(png_, rows.data());
      png_read_end(png_, nullptr);
    });
    return pixels;
  }

 private:
  static constexpr std::array<png_byte, 5> kExif = {'e', 'X', 'I', 'f', 0};

  static PngReader& self(void* pointer) { return *static_cast<PngReader*>(pointer); }

  [[noreturn]] static void give_up(png_structp png, png_const_charp cause) {
    PngReader& reader = self(png_get_error_ptr(png));
    std::snprintf(reader.cause_.data(), reader.cause_.size(), "%s", cause);
    std::longjmp(reader.jump_, 1);  // NOLINT(cert-err52-cpp)
  }
  static void pass_over(png_structp, png_const_charp) {}

  static void read(png_structp png, png_bytep data, std::size_t size) {
    PngReader& reader = self(png_get_io_ptr(png));
    reader.truncated_ = size > reader.rest_.size();
    if (reader.truncated_) png_error(png, "truncated");
    std::copy_n(reader.rest_.begin(), size, data);
    reader.rest_ = reader.rest_.subspan(size);
  }

  template <class Work>
  void run(const Work& work) {
    if (survives(jump_, work)) return;
    if (truncated_) fail_truncated();
    fail_file(name_, "the PNG image is damaged (" + std::string(cause_.data()) + ").");
  }

  [[noreturn]] void fail_truncated() const { fail_file(name_, "the PNG image is truncated."); }

  bool has_colour() const {
    const png_byte kind = png_get_color_type(png_, info_);
    if (kind != PNG_COLOR_TYPE_PALETTE) return (kind & PNG_COLOR_MASK_COLOR) != 0;
    png_colorp palette = nullptr;
    int count = 0;
    png_get_PLTE(png_, info_, &palette, &count);
    return std::any_of(palette, palette + count, [](const png_color& entry) {
      return entry.red != entry.green || entry.green != entry.blue;
    });
  }

  int orientation() const {
    png_uint_32 size = 0;
    png_bytep exif = nullptr;
    return png_get_eXIf_1(png_, info_, &size, &exif) ? exif_orientation({exif, size}) : 1;
  }

  std::jmp_buf jump_{};
  std::array<char, 80> cause_{};
  bool truncated_ = false;
  png_structp png_;
  png_infop info_;
  Bytes rest_;
  std::string_view name_;
};

}  // namespace

StoredPicture png_header(Bytes bytes, std::string_view name) {
  return PngReader(bytes, name).read_header();
}

DecodedPicture decode_png(Bytes bytes, std::string_view name) {
  PngReader reader(bytes, name);
  const StoredPicture header = reader.read_header();
  return {.stored = header, .pixels = reader.read_pixels(header)};
}

}  // namespace ff
