#include "ff/picture_file.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "ff/error.hpp"
#include "jpeg.hpp"
#include "png.hpp"
#include "png_kinds.hpp"

using namespace ff;
using namespace ff::test;
using Catch::Matchers::StartsWith;

namespace {

const Bytes kGrey = {0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49,
                     0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x02, 0x08, 0x00,
                     0x00, 0x00, 0x00, 0xb8, 0x1f, 0x39, 0xc6, 0x00, 0x00, 0x00, 0x10, 0x49, 0x44,
                     0x41, 0x54, 0x78, 0xda, 0x63, 0x60, 0x68, 0xf8, 0xcf, 0xc0, 0x25, 0x22, 0x07,
                     0x00, 0x08, 0x67, 0x01, 0xbc, 0x74, 0x66, 0x9a, 0x2f, 0x00, 0x00, 0x00, 0x00,
                     0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

const Bytes kColourAndAlpha = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44,
    0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x06, 0x00, 0x00, 0x00, 0x72,
    0xb6, 0x0d, 0x24, 0x00, 0x00, 0x00, 0x12, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8,
    0xcf, 0xc0, 0x00, 0x44, 0x10, 0xd0, 0xf0, 0x1f, 0x08, 0x00, 0x2b, 0x69, 0x06, 0x7b, 0xb9,
    0x6b, 0xca, 0xe3, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

const Bytes kPalette = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x00, 0x00, 0x00, 0x84, 0x52, 0xe7,
    0x5e, 0x00, 0x00, 0x00, 0x0c, 0x50, 0x4c, 0x54, 0x45, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0x00,
    0xff, 0x00, 0x40, 0x40, 0x40, 0xf4, 0x80, 0x33, 0xd2, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41,
    0x54, 0x78, 0xda, 0x63, 0x90, 0x06, 0x00, 0x00, 0x1d, 0x00, 0x1c, 0x23, 0x7c, 0x8f, 0xac, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

const Bytes kSixteenBits = {0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d,
                            0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01,
                            0x10, 0x00, 0x00, 0x00, 0x00, 0x81, 0xd9, 0xfc, 0x15, 0x00, 0x00, 0x00,
                            0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x10, 0x32, 0xf9, 0xff,
                            0x1f, 0x00, 0x03, 0xe6, 0x02, 0x45, 0xf1, 0x1c, 0x84, 0x65, 0x00, 0x00,
                            0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

/// Every kind of PNG that there is.
std::vector<PngKind> png_kinds() {
  std::vector<PngKind> kinds;
  for (const bool interlaced : {false, true}) {
    for (const bool transparent : {false, true}) {
      for (const int bits : {1, 2, 4, 8, 16})
        kinds.push_back({PNG_COLOR_TYPE_GRAY, bits, interlaced, transparent});
      for (const int bits : {1, 2, 4, 8})
        kinds.push_back({PNG_COLOR_TYPE_PALETTE, bits, interlaced, transparent});
      for (const int bits : {8, 16})
        kinds.push_back({PNG_COLOR_TYPE_RGB, bits, interlaced, transparent});
    }
    for (const int bits : {8, 16}) {
      kinds.push_back({PNG_COLOR_TYPE_GRAY_ALPHA, bits, interlaced});
      kinds.push_back({PNG_COLOR_TYPE_RGB_ALPHA, bits, interlaced});
    }
  }
  return kinds;
}

std::uint8_t on_white(int shade, int alpha) {
  return static_cast<std::uint8_t>((shade * alpha + 255 * (255 - alpha) + 127) / 255);
}

/// A small PNG of RGBA pixels in one row.
Bytes rgba_row(const Bytes& pixels) {
  Bytes rows = {0};
  rows.insert(rows.end(), pixels.begin(), pixels.end());
  return png_file(static_cast<int>(pixels.size() / 4), 1, PNG_COLOR_TYPE_RGB_ALPHA, rows);
}

/// Shades of 24x16 pixels in which all corners differ: dark at the left, and darker at the top.
Bytes ramp(int components) {
  Bytes samples;
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 24; ++x)
      samples.insert(samples.end(), components, static_cast<std::uint8_t>(8 * x + 4 * y));
  return samples;
}

/// The top left, top right and bottom left shade, roughly.
void check_corners(const GreyImage& image, int top_left, int top_right, int bottom_left) {
  const auto near = [](int shade, int expected) { return std::abs(shade - expected) <= 8; };
  const std::size_t width = image.width;
  CHECK(near(image.pixels.front(), top_left));
  CHECK(near(image.pixels[width - 1], top_right));
  CHECK(near(image.pixels[image.pixels.size() - width], bottom_left));
}

}  // namespace

TEST_CASE("PNGs of every kind decode to what they show", "[picture]") {
  for (const PngKind& kind : png_kinds()) {
    INFO("colour type " << kind.colour_type << ", " << kind.bits << " bits, interlaced "
                        << kind.interlaced << ", tRNS " << kind.transparent_colour);
    const PngSample sample = sample_png(kind);
    const Bytes planes = decode_picture(sample.file, "f", 3);
    const std::size_t size = sample.rgba.size() / 4;
    REQUIRE(planes.size() == 3 * size);
    int wrong = 0;
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t channel = 0; channel < 3; ++channel)
        wrong += planes[channel * size + i] !=
                 on_white(sample.rgba[4 * i + channel], sample.rgba[4 * i + 3]);
    CHECK(wrong == 0);
    const PictureHeader header = picture_header(sample.file, "f");
    CHECK(header.width == kSampleWidth);
    CHECK(header.height == kSampleHeight);
    CHECK(header.colour == ((kind.colour_type & PNG_COLOR_MASK_COLOR) != 0));
  }
}

TEST_CASE("a picture's luminance is that of ITU-R BT.601", "[picture]") {
  const GreyImage grey = decode_picture(kGrey, "f");
  CHECK(grey.width == 3);
  CHECK(grey.height == 2);
  CHECK(grey.pixels == Bytes{0, 128, 255, 10, 20, 30});
  CHECK(decode_picture(kPalette, "f").pixels == Bytes{0, 255, 149, 64});
  CHECK(decode_picture(kSixteenBits, "f").pixels == Bytes{0x12, 0xff});
}

TEST_CASE("transparent pixels of a picture lie on white", "[picture]") {
  // Red; black and transparent; black and half transparent; white.
  CHECK(decode_picture(kColourAndAlpha, "f").pixels == Bytes{76, 255, 127, 255});
}

TEST_CASE("white ink on a transparent picture lies on black", "[picture]") {
  const auto grey = [](const Bytes& pixels) {
    return decode_picture(rgba_row(pixels), "f").pixels;
  };
  CHECK(grey({255, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 128}) == Bytes{255, 0, 128});
  CHECK(grey({240, 250, 230, 255, 255, 255, 255, 0}) == Bytes{244, 0});
  CHECK(decode_picture(rgba_row({240, 250, 230, 255, 9, 9, 9, 0}), "f", 3) ==
        Bytes{240, 0, 250, 0, 230, 0});
  // With something to see on white, white it is; and where there is nothing to see at all.
  CHECK(grey({255, 255, 255, 255, 0, 0, 0, 0, 200, 200, 200, 255}) == Bytes{255, 255, 200});
  CHECK(grey({0, 0, 0, 20, 0, 0, 0, 0}) == Bytes{235, 255});
  CHECK(grey({255, 255, 255, 0, 0, 0, 0, 0}) == Bytes{255, 255});
}

TEST_CASE("an image's channels come one after another", "[picture]") {
  CHECK(decode_picture(kPalette, "f", 3) == Bytes{0, 255, 0, 64, 0, 255, 255, 64, 0, 255, 0, 64});
  CHECK(decode_picture(kColourAndAlpha, "f", 3) ==
        Bytes{255, 255, 127, 255, 0, 255, 127, 255, 0, 255, 127, 255});
  CHECK(decode_picture(kColourAndAlpha, "f", 1) == decode_picture(kColourAndAlpha, "f").pixels);
  CHECK(decode_picture(kGrey, "f", 3).size() == 18);
}

TEST_CASE("a palette without colours is no colour", "[picture]") {
  Bytes grey = kPalette;
  const Bytes entry = {0x80, 0x80, 0x80};
  std::ranges::copy(entry, grey.begin() + 41 + 6);  // the third, which is green
  put_checksum(grey, 37, 16);
  CHECK_FALSE(picture_header(grey, "f").colour);
  CHECK(decode_picture(grey, "f").pixels == Bytes{0, 255, 128, 64});
}

TEST_CASE("JPEGs in grey and in colour, of one pass and of several, are decoded", "[picture]") {
  const bool progressive = GENERATE(false, true);
  const Bytes grey = jpeg(24, 16, ramp(1), {.progressive = progressive});
  CHECK_FALSE(picture_header(grey, "f").colour);
  check_corners(decode_picture(grey, "f"), 0, 184, 60);
  CHECK(decode_picture(grey, "f", 3).size() == std::size_t{3} * 24 * 16);

  Bytes red = ramp(3);
  for (std::size_t at = 0; at < red.size(); at += 3) red[at] = 255;
  const Bytes colour = jpeg(24, 16, red, {.colours = JCS_RGB, .progressive = progressive});
  CHECK(picture_header(colour, "f").colour);
  const Bytes planes = decode_picture(colour, "f", 3);
  CHECK(planes[0] >= 247);
  CHECK(planes[384] <= 8);
  CHECK(std::abs(planes[384 + 23] - 184) <= 8);
}

TEST_CASE("a picture is upright, as its EXIF orientation asks", "[picture]") {
  // The corners of the ramp, as they lie in the file, are 0, 184, 60 and 244.
  struct Turned {
    int orientation, top_left, top_right, bottom_left;
  };
  const auto [orientation, top_left, top_right, bottom_left] =
      GENERATE(Turned{1, 0, 184, 60}, Turned{2, 184, 0, 244}, Turned{3, 244, 60, 184},
               Turned{4, 60, 244, 0}, Turned{5, 0, 60, 184}, Turned{6, 60, 0, 244},
               Turned{7, 244, 184, 60}, Turned{8, 184, 244, 0});
  INFO("orientation " << orientation);
  for (const bool big_endian : {false, true}) {
    const Bytes file = jpeg(24, 16, ramp(1), {.exif = exif(orientation, big_endian)});
    const PictureHeader header = picture_header(file, "f");
    const GreyImage image = decode_picture(file, "f");
    CHECK(image.width == (orientation >= 5 ? 16 : 24));
    CHECK(image.height == (orientation >= 5 ? 24 : 16));
    CHECK(header.width == image.width);
    CHECK(header.height == image.height);
    check_corners(image, top_left, top_right, bottom_left);
  }
  Bytes png = kGrey;
  Bytes chunk;
  append_chunk(chunk, "eXIf", exif(orientation));
  png.insert(png.begin() + 33, chunk.begin(), chunk.end());
  CHECK(picture_header(png, "f").width == (orientation >= 5 ? 2 : 3));
}

TEST_CASE("EXIF data that are damaged leave a picture as it is", "[picture]") {
  const Bytes whole = exif(6, true);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    INFO("cut to " << size << " bytes");
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const int width = picture_header(jpeg(24, 16, ramp(1), {.exif = cut}), "f").width;
    CHECK(width == (size < 32 ? 24 : 16));  // the orientation is in the bytes 30 and 31
  }
  CHECK(picture_header(jpeg(24, 16, ramp(1), {.exif = exif(9)}), "f").width == 24);
}

TEST_CASE("a JPEG in CMYK is refused in a sentence", "[picture]") {
  const Bytes file = jpeg(24, 16, ramp(4), {.colours = JCS_CMYK});
  const char* sentence =
      "x.jpg: the JPEG image is in CMYK, the colours of print, one in RGB or grey was expected.";
  CHECK_THROWS_WITH(picture_header(file, "x.jpg"), sentence);
  CHECK_THROWS_WITH(decode_picture(file, "x.jpg"), sentence);
}

TEST_CASE("a JPEG cut anywhere is refused, one with something behind it is not", "[picture]") {
  const bool progressive = GENERATE(false, true);
  const Bytes whole = jpeg(24, 16, ramp(1), {.progressive = progressive});
  for (std::size_t size = 3; size < whole.size(); ++size) {
    INFO("cut to " << size << " of " << whole.size() << " bytes");
    CHECK_THROWS_WITH(decode_picture(std::span(whole).first(size), "x.jpg"),
                      "x.jpg: the JPEG image is truncated.");
  }
  Bytes longer = whole;
  append(longer, "a film of the moment before");
  CHECK(decode_picture(longer, "f").pixels == decode_picture(whole, "f").pixels);
}

TEST_CASE("a JPEG that lacks data within is refused", "[picture]") {
  Bytes file = jpeg(24, 16, ramp(1));
  const std::size_t middle = file.size() - 30;
  file[middle] = 0xff;  // a marker that ends the data too early
  file[middle + 1] = 0xd9;
  CHECK_THROWS_WITH(decode_picture(file, "x.jpg"),
                    StartsWith("x.jpg: the JPEG image cannot be decoded (Corrupt JPEG data"));
}

TEST_CASE("a JPEG flipped anywhere is refused or harmless", "[picture]") {
  const Bytes good = jpeg(24, 16, ramp(1), {.progressive = true, .exif = exif(6)});
  for (std::size_t bit = 24; bit < 8 * good.size(); ++bit) {
    Bytes flipped = good;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    INFO("bit " << bit);
    try {
      const GreyImage image = decode_picture(flipped, "x.jpg");
      CHECK(image.pixels.size() == static_cast<std::size_t>(image.width) * image.height);
    } catch (const Error& error) {
      CHECK(is_one_sentence(error.what()));
    }
  }
}

TEST_CASE("a JPEG of more passes than anyone makes is refused", "[picture]") {
  // The mean of each block, then every frequency for itself, first coarsely, then its last bit.
  std::vector<jpeg_scan_info> scans = {{1, {0}, 0, 0, 0, 0}};
  for (const int bit : {1, 0})
    for (int frequency = 1; frequency < 64; ++frequency)
      scans.push_back({1, {0}, frequency, frequency, bit == 1 ? 0 : 1, bit});
  const Bytes file = jpeg(24, 16, ramp(1), {.scans = scans});
  CHECK_THROWS_WITH(decode_picture(file, "x.jpg"),
                    StartsWith("x.jpg: the JPEG image cannot be decoded ("));
  scans.resize(64);
  CHECK(decode_picture(jpeg(24, 16, ramp(1), {.scans = scans}), "f").width == 24);
}

TEST_CASE("what is neither PNG nor JPEG is called by its name", "[picture]") {
  const auto refused = [](std::string_view begins, const std::string& message) {
    Bytes bytes;
    append(bytes, begins);
    bytes.resize(100);
    CHECK_THROWS_WITH(decode_picture(bytes, "x.png"), "x.png: " + message);
    CHECK_THROWS_WITH(picture_header(bytes, "x.png"), "x.png: " + message);
  };
  CHECK_THROWS_WITH(decode_picture(Bytes{}, "x.png"),
                    "x.png: this is an empty file, a PNG or JPEG image was expected.");
  refused("\x9d", "this is neither a PNG nor a JPEG image.");
  refused("GIF89a", "this is a GIF image, a PNG or JPEG image was expected.");
  refused("RIFF1234WEBPVP8 ", "this is a WebP image, a PNG or JPEG image was expected.");
  refused("BM", "this is a BMP image, a PNG or JPEG image was expected.");
  refused(std::string_view("II*\0", 4), "this is a TIFF image, a PNG or JPEG image was expected.");
  refused(std::string_view("\0\0\0\x18"
                           "ftypheic",
                           12),
          "this is a HEIC image, a PNG or JPEG image was expected.");
}

TEST_CASE("a damaged or huge PNG is refused by name", "[picture]") {
  Bytes huge = kGrey;
  huge[18] = 0x40;
  put_checksum(huge, 12, 17);
  CHECK_THROWS_WITH(decode_picture(huge, "x.png"),
                    "x.png: the image is 16387x2 pixels, at most 8192 a side were expected.");
  Bytes promising = kGrey;
  promising[18] = promising[22] = 0x1f;  // 7939x7938
  put_checksum(promising, 12, 17);
  CHECK_THROWS_WITH(decode_picture(promising, "x.png"), "x.png: the PNG image is truncated.");
  for (std::size_t size = 8; size < kGrey.size(); ++size) {
    CHECK_THROWS_WITH(decode_picture(std::span(kGrey).first(size), "x.png"),
                      "x.png: the PNG image is truncated.");
  }
  for (std::size_t bit = 64; bit < 8 * kGrey.size(); ++bit) {
    Bytes flipped = kGrey;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    INFO("bit " << bit);
    CHECK_THROWS_AS(decode_picture(flipped, "x.png"), Error);
  }
}
