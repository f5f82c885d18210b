#pragma once

#include <png.h>

#include <random>

#include "../bytes.hpp"

namespace ff::test {

/// One of the kinds of PNG; every combination that libpng writes is one that people have.
struct PngKind {
  int colour_type;
  int bits;
  bool interlaced = false;
  bool transparent_colour = false;  ///< a tRNS chunk, for kinds without alpha
};

/// A picture of a kind, and what it shows: red, green, blue and alpha of each pixel.
struct PngSample {
  Bytes file;
  Bytes rgba;
};

inline constexpr int kSampleWidth = 11;
inline constexpr int kSampleHeight = 9;

/// Samples of `bits` each, packed as PNG packs them.
inline void append_sample(Bytes& row, int bits, std::size_t index, unsigned value) {
  if (bits == 16) row.push_back(static_cast<std::uint8_t>(value >> 8));
  if (bits >= 8) {
    row.push_back(static_cast<std::uint8_t>(value));
    return;
  }
  const std::size_t in_byte = index * bits % 8;
  if (in_byte == 0) row.push_back(0);
  row.back() |= static_cast<std::uint8_t>(value << (8 - bits - in_byte));
}

inline Bytes write_png(const PngKind& kind, Bytes (&rows)[kSampleHeight],
                       const std::vector<png_color>& palette, Bytes trns, png_color_16 colour) {
  Bytes file;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &file,
      [](png_structp to, png_bytep data, std::size_t size) {
        auto& bytes = *static_cast<Bytes*>(png_get_io_ptr(to));
        bytes.insert(bytes.end(), data, data + size);
      },
      nullptr);
  png_set_IHDR(png, info, kSampleWidth, kSampleHeight, kind.bits, kind.colour_type,
               kind.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_gAMA(png, info, 0.25);  // not to be looked at
  if (!palette.empty()) png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
  if (kind.transparent_colour)
    png_set_tRNS(png, info, trns.empty() ? nullptr : trns.data(), static_cast<int>(trns.size()),
                 trns.empty() ? &colour : nullptr);
  png_write_info(png, info);
  png_bytep starts[kSampleHeight];
  for (int y = 0; y < kSampleHeight; ++y) starts[y] = rows[y].data();
  png_set_interlace_handling(png);
  png_write_image(png, starts);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return file;
}

inline PngSample sample_png(const PngKind& kind) {
  const bool palette = kind.colour_type == PNG_COLOR_TYPE_PALETTE;
  const bool rgb =
      kind.colour_type == PNG_COLOR_TYPE_RGB || kind.colour_type == PNG_COLOR_TYPE_RGB_ALPHA;
  const bool alpha = (kind.colour_type & PNG_COLOR_MASK_ALPHA) != 0;
  const unsigned most = (1u << kind.bits) - 1;
  std::mt19937 random(1);
  std::vector<png_color> colours;
  Bytes trns;
  for (unsigned i = 0; palette && i <= std::min(most, 99u); ++i) {
    const auto shade = [&] { return static_cast<png_byte>(random()); };
    colours.push_back({shade(), shade(), shade()});
    trns.push_back(static_cast<std::uint8_t>(random()));
  }
  const unsigned limit = palette ? static_cast<unsigned>(colours.size()) : most + 1;
  const auto to_byte = [most](unsigned value) {  // to the nearest
    return static_cast<std::uint8_t>((value * 255 + most / 2) / most);
  };
  PngSample sample;
  Bytes rows[kSampleHeight];
  unsigned first[3] = {};
  for (int y = 0; y < kSampleHeight; ++y) {
    std::size_t index = 0;
    for (int x = 0; x < kSampleWidth; ++x) {
      unsigned value[4];
      for (unsigned& one : value) one = static_cast<unsigned>(random() % limit);
      if (x % 3 == 0 && y > 0) std::copy_n(first, 3, value);
      if (!rgb) value[1] = value[2] = value[0];
      if (x == 0 && y == 0) std::copy_n(value, 3, first);
      for (int channel = 0; channel < (rgb ? 3 : 1); ++channel)
        append_sample(rows[y], kind.bits, index++, value[channel]);
      if (alpha) append_sample(rows[y], kind.bits, index++, value[3]);
      if (palette) {
        const png_color& colour = colours[value[0]];
        sample.rgba.insert(sample.rgba.end(), {colour.red, colour.green, colour.blue});
        sample.rgba.push_back(kind.transparent_colour ? trns[value[0]] : 255);
        continue;
      }
      for (int channel = 0; channel < 3; ++channel) sample.rgba.push_back(to_byte(value[channel]));
      const bool clear = kind.transparent_colour && std::equal(first, first + 3, value);
      sample.rgba.push_back(alpha ? to_byte(value[3]) : clear ? 0 : 255);
    }
  }
  const auto wide = [](unsigned value) { return static_cast<png_uint_16>(value); };
  const png_color_16 colour{0, wide(first[0]), wide(first[1]), wide(first[2]), wide(first[0])};
  sample.file = write_png(kind, rows, colours, trns, colour);
  return sample;
}

}  // namespace ff::test
