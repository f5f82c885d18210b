#pragma once

#include <csetjmp>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// The two libraries that decode pictures, behind functions that look the same.
namespace ff {

inline constexpr int kRgba = 4;  ///< channels: red, green, blue and alpha

/// What a file says of its picture, which lies in it as the camera was held.
struct StoredPicture {
  int width = 0;
  int height = 0;
  bool colour = false;
  int orientation = 1;  ///< EXIF's number, 1 to 8
};

/// A picture as it lies in its file, [height x width x kRgba].
struct DecodedPicture {
  StoredPicture stored;
  std::vector<std::uint8_t> pixels;
};

StoredPicture png_header(std::span<const std::uint8_t> bytes, std::string_view name);
StoredPicture jpeg_header(std::span<const std::uint8_t> bytes, std::string_view name);
DecodedPicture decode_png(std::span<const std::uint8_t> bytes, std::string_view name);
DecodedPicture decode_jpeg(std::span<const std::uint8_t> bytes, std::string_view name);

/// Throws Error when a picture has more than 8192 pixels a side.
void check_side(const StoredPicture& picture, std::string_view name);

/// The orientation that EXIF data ask for (the TIFF file that they are, from its "II" or "MM" on);
/// 1, as it is, where they ask for none or are damaged.
int exif_orientation(std::span<const std::uint8_t> tiff);

/// Runs `work`; returns false when it gave up by a jump, which is how C libraries report what they
/// cannot go on from. The jump runs no destructor: what `work` makes itself must need none.
template <class Work>
bool survives(std::jmp_buf& jump, const Work& work) {
  if (setjmp(jump) != 0) return false;  // NOLINT(cert-err52-cpp): the libraries' way
  work();
  return true;
}

}  // namespace ff
