#include "pictures.hpp"

#include <algorithm>
#include <span>

#include "ff/drawing.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "ff/gzip.hpp"
#include "ff/idx.hpp"
#include "ff/picture_file.hpp"

namespace ff::cli {
namespace {

bool is_idx(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0 && bytes[1] == 0;
}

bool is_mnist_like(const GreyImage& image, const GreyImage& on_black) {
  return image.width == kDigitSide && image.height == kDigitSide &&
         image.pixels == on_black.pixels &&
         std::any_of(image.pixels.begin(), image.pixels.end(),
                     [](auto pixel) { return pixel > 0; });
}

std::vector<std::uint8_t> digit(GreyImage image) {
  GreyImage on_black = ink_on_black(image);
  if (is_mnist_like(image, on_black)) return std::move(image.pixels);
  return digit_from_drawing(on_black).value_or(std::vector<std::uint8_t>{});
}

std::vector<Picture> from_idx(std::span<const std::uint8_t> bytes, const std::string& name,
                              const std::string& file, std::optional<std::size_t> index) {
  const IdxImages images = idx_images(bytes, name);
  if (index && *index >= images.count)
    fail_file(file, "--index " + std::to_string(*index) + " is not in it, the last image is " +
                        std::to_string(images.count - 1) + ".");
  if (images.width != kDigitSide || images.height != kDigitSide)
    fail_file(file, "expected images of 28x28 pixels, they are " + std::to_string(images.width) +
                        "x" + std::to_string(images.height) + ".");
  const std::size_t size = images.pixels.size() / images.count;
  std::vector<Picture> pictures;
  for (std::size_t at = index.value_or(0); at < (index ? *index + 1 : images.count); ++at) {
    const auto pixels = std::span(images.pixels).subspan(at * size, size);
    pictures.push_back({.file = file, .index = at, .pixels = {pixels.begin(), pixels.end()}});
  }
  return pictures;
}

}  // namespace

std::vector<Picture> load_pictures(const std::filesystem::path& path,
                                   std::optional<std::size_t> index) {
  const std::string file = path.string();
  const auto [name, bytes] = unpacked({.name = file, .bytes = read_file(path)});
  if (is_idx(bytes)) return from_idx(bytes, name, file, index);
  if (index) fail_file(file, "--index is for IDX files, this is none.");
  return {{.file = file, .index = {}, .pixels = digit(decode_picture(bytes, name))}};
}

}  // namespace ff::cli
