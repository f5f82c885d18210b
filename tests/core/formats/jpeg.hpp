#pragma once

// jpeglib.h needs what comes before it.
// clang-format off
#include <cstdio>
#include <jpeglib.h>
// clang-format on

#include <cstdlib>
#include <utility>

#include "../bytes.hpp"

namespace ff::test {

struct JpegKind {
  J_COLOR_SPACE colours = JCS_GRAYSCALE;  ///< of the samples
  bool progressive = false;
  Bytes exif{};  ///< the TIFF file in it
  std::vector<jpeg_scan_info> scans{};
};

inline int components(J_COLOR_SPACE colours) {
  return colours == JCS_GRAYSCALE ? 1 : colours == JCS_RGB ? 3 : 4;
}

/// A JPEG of the best quality; `samples` are [height x width x components].
inline Bytes jpeg(int width, int height, Bytes samples, const JpegKind& kind = {}) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &buffer, &size);
  jpeg.image_width = static_cast<JDIMENSION>(width);
  jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = components(kind.colours);
  jpeg.in_color_space = kind.colours;
  jpeg_set_defaults(&jpeg);
  if (kind.colours == JCS_CMYK) jpeg_set_colorspace(&jpeg, JCS_YCCK);
  jpeg_set_quality(&jpeg, 100, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;  // all colours in full
  if (kind.progressive) jpeg_simple_progression(&jpeg);
  if (!kind.scans.empty()) {
    jpeg.scan_info = kind.scans.data();
    jpeg.num_scans = static_cast<int>(kind.scans.size());
  }
  jpeg_start_compress(&jpeg, TRUE);
  if (!kind.exif.empty()) {
    Bytes marker;
    append(marker, std::string_view("Exif\0\0", 6));
    marker.insert(marker.end(), kind.exif.begin(), kind.exif.end());
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, marker.data(), static_cast<unsigned>(marker.size()));
  }
  const std::size_t row = static_cast<std::size_t>(width) * components(kind.colours);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW next = samples.data() + row * jpeg.next_scanline;
    jpeg_write_scanlines(&jpeg, &next, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  Bytes file(buffer, buffer + size);
  std::free(buffer);
  return file;
}

/// EXIF data that say which way up a picture is, behind another entry.
inline Bytes exif(int orientation, bool big_endian = false) {
  Bytes tiff;
  const auto put = [&](std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i)
      tiff.push_back(static_cast<std::uint8_t>(value >> 8 * (big_endian ? size - 1 - i : i)));
  };
  append(tiff, big_endian ? "MM" : "II");
  put(42, 2);
  put(8, 4);
  put(2, 2);
  for (const auto& [tag, value] : {std::pair{0x0102, 8}, {0x0112, orientation}}) {
    put(static_cast<std::uint32_t>(tag), 2);
    put(3, 2);  // a 16-bit number
    put(1, 4);
    put(static_cast<std::uint32_t>(value), 2);
    put(0, 2);
  }
  put(0, 4);
  return tiff;
}

}  // namespace ff::test
