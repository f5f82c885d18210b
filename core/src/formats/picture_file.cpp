#include "ff/picture_file.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "decoders.hpp"
#include "ff/error.hpp"
#include "files/file_kind.hpp"

namespace ff {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr int kLongestSide = 8192;
constexpr int kWhite = 255;
constexpr int kBlack = 0;
/// Ink is seen from an eighth of full ink on.
constexpr int kSeen = 32;

bool begins(Bytes bytes, std::string_view with) {
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())
      .starts_with(with);
}

/// Whether a file is a PNG; if not, it is a JPEG.
bool is_png(Bytes bytes, std::string_view name) {
  if (begins(bytes, "\x89PNG\r\n\x1a\n")) return true;
  if (begins(bytes, "\xff\xd8\xff")) return false;
  const std::string_view kind = kind_of_file(bytes);
  fail_file(name, kind.empty()
                      ? "this is neither a PNG nor a JPEG image."
                      : "this is " + std::string(kind) + ", a PNG or JPEG image was expected.");
}

bool lies_on_its_side(const StoredPicture& picture) { return picture.orientation >= 5; }

/// Puts the picture upright, see EXIF 2.32, section 4.6.4.A.
DecodedPicture upright(DecodedPicture picture) {
  const StoredPicture& from = picture.stored;
  if (from.orientation == 1) return picture;
  const auto is_one_of = [&](int a, int b, int c, int d) {
    const int it = from.orientation;
    return it == a || it == b || it == c || it == d;
  };
  const bool right_to_left = is_one_of(2, 3, 7, 8);
  const bool bottom_to_top = is_one_of(3, 4, 6, 7);
  DecodedPicture turned{.stored = {.width = from.width, .height = from.height}, .pixels = {}};
  if (lies_on_its_side(from)) std::swap(turned.stored.width, turned.stored.height);
  turned.pixels.reserve(picture.pixels.size());
  for (int y = 0; y < turned.stored.height; ++y) {
    for (int x = 0; x < turned.stored.width; ++x) {
      const int column = lies_on_its_side(from) ? y : x;
      const int row = lies_on_its_side(from) ? x : y;
      const std::size_t at =
          static_cast<std::size_t>(bottom_to_top ? from.height - 1 - row : row) * from.width +
          (right_to_left ? from.width - 1 - column : column);
      const auto pixel = picture.pixels.begin() + static_cast<std::ptrdiff_t>(kRgba * at);
      turned.pixels.insert(turned.pixels.end(), pixel, pixel + kRgba);
    }
  }
  return turned;
}

DecodedPicture decode(Bytes bytes, std::string_view name) {
  return upright(is_png(bytes, name) ? decode_png(bytes, name) : decode_jpeg(bytes, name));
}

std::uint8_t luminance(const std::uint8_t* pixel) {
  // ITU-R BT.601, in parts of 256.
  return static_cast<std::uint8_t>((77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2]) >> 8);
}

std::uint8_t laid_on(int background, int shade, int alpha) {
  return static_cast<std::uint8_t>((shade * alpha + background * (255 - alpha) + 127) / 255);
}

/// What shows through where a picture is transparent: white paper; black where white ink on white
/// would leave nothing to see.
int background_of(const DecodedPicture& picture) {
  int darkest_on_white = kWhite;
  int lightest_on_black = kBlack;
  for (std::size_t at = 0; at < picture.pixels.size(); at += kRgba) {
    const std::uint8_t* pixel = &picture.pixels[at];
    const int shade = luminance(pixel);
    darkest_on_white = std::min<int>(darkest_on_white, laid_on(kWhite, shade, pixel[3]));
    lightest_on_black = std::max<int>(lightest_on_black, laid_on(kBlack, shade, pixel[3]));
  }
  const bool seen_on_white = kWhite - darkest_on_white >= kSeen;
  return !seen_on_white && lightest_on_black - kBlack >= kSeen ? kBlack : kWhite;
}

std::vector<std::uint8_t> planes(const DecodedPicture& picture, int channels) {
  const int background = background_of(picture);
  std::vector<std::uint8_t> planes;
  planes.reserve(picture.pixels.size() / kRgba * channels);
  for (int channel = 0; channel < channels; ++channel) {
    for (std::size_t at = 0; at < picture.pixels.size(); at += kRgba) {
      const std::uint8_t* pixel = &picture.pixels[at];
      const int shade = channels == 1 ? luminance(pixel) : pixel[channel];
      planes.push_back(laid_on(background, shade, pixel[3]));
    }
  }
  return planes;
}

}  // namespace

void check_side(const StoredPicture& picture, std::string_view name) {
  if (std::max(picture.width, picture.height) <= kLongestSide) return;
  fail_file(name, "the image is " + std::to_string(picture.width) + "x" +
                      std::to_string(picture.height) +
                      " pixels, at most 8192 a side were expected.");
}

PictureHeader picture_header(Bytes bytes, std::string_view name) {
  const StoredPicture stored =
      is_png(bytes, name) ? png_header(bytes, name) : jpeg_header(bytes, name);
  PictureHeader header{.width = stored.width, .height = stored.height, .colour = stored.colour};
  if (lies_on_its_side(stored)) std::swap(header.width, header.height);
  return header;
}

std::vector<std::uint8_t> decode_picture(Bytes bytes, std::string_view name, int channels) {
  return planes(decode(bytes, name), channels);
}

GreyImage decode_picture(Bytes bytes, std::string_view name) {
  const DecodedPicture picture = decode(bytes, name);
  return {
      .width = picture.stored.width, .height = picture.stored.height, .pixels = planes(picture, 1)};
}

}  // namespace ff
