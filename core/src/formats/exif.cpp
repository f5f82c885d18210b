#include <cstddef>

#include "decoders.hpp"

namespace ff {
namespace {

/// Numbers of a TIFF file, in whichever order of bytes it has; 0 beyond its end.
class Tiff {
 public:
  Tiff(std::span<const std::uint8_t> bytes, bool big_endian)
      : bytes_(bytes), big_endian_(big_endian) {}

  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
      value = value << 8 | bytes_[at + (big_endian_ ? i : size - 1 - i)];
    return value;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  bool big_endian_;
};

}  // namespace

int exif_orientation(std::span<const std::uint8_t> tiff) {
  constexpr std::uint32_t kMagic = 42, kOrientation = 0x0112, kShort = 3;
  constexpr std::size_t kEntry = 12;
  if (tiff.size() < 2 || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) return 1;
  const Tiff file(tiff, tiff[0] == 'M');
  if (file.number(2, 2) != kMagic) return 1;
  const std::size_t directory = file.number(4, 4);
  const std::uint32_t count = file.number(directory, 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + i * kEntry;
    if (file.number(entry, 2) != kOrientation || file.number(entry + 2, 2) != kShort) continue;
    const std::uint32_t value = file.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace ff
