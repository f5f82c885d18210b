#include "pictures.hpp"

#include <algorithm>
#include <span>
#include <utility>

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

bool has_ink(const GreyImage& image) {
  return std::ranges::any_of(image.pixels, [](auto pixel) { return pixel > 0; });
}

// Whoever draws a digit, on paper or on a screen, does not draw it as MNIST's makers would have.
std::vector<std::uint8_t> digit(GreyImage image) {
  GreyImage on_black = ink_on_black(image);
  const bool as_mnist = image.width == kDigitSide && image.height == kDigitSide &&
                        image.pixels == on_black.pixels && has_ink(image);
  if (as_mnist) return std::move(image.pixels);
  return digit_from_drawing(on_black).value_or(std::vector<std::uint8_t>{});
}

[[noreturn]] void fail_shape(const std::string& file, const Shape& found, const Shape& expected) {
  fail_file(file, "the image is " + in_words(found) + " pixels, " + in_words(expected) +
                      " as of those the net learns from was expected.");
}

// As it is in a folder of images that a net is trained on.
std::vector<std::uint8_t> as_learnt(std::span<const std::uint8_t> bytes, const std::string& name,
                                    const std::string& file, const Shape& shape) {
  const PictureHeader header = picture_header(bytes, name);
  if (header.width != shape.width || header.height != shape.height)
    fail_shape(file, {header.colour ? 3 : 1, header.height, header.width}, shape);
  return decode_picture(bytes, name, shape.channels);
}

std::vector<Picture> from_idx(std::span<const std::uint8_t> bytes, const std::string& name,
                              const std::string& file, const Shape& shape,
                              std::optional<std::size_t> index) {
  const IdxImages images = idx_images(bytes, name);
  if (index && *index >= images.count)
    fail_file(file, "--index " + std::to_string(*index) + " is not in it, the last image is " +
                        std::to_string(images.count - 1) + ".");
  const Shape found{.channels = 1, .height = images.height, .width = images.width};
  if (found != shape) fail_shape(file, found, shape);
  const std::size_t size = images.pixels.size() / images.count;
  std::vector<Picture> pictures;
  for (std::size_t at = index.value_or(0); at < (index ? *index + 1 : images.count); ++at) {
    const auto pixels = std::span(images.pixels).subspan(at * size, size);
    pictures.push_back({.file = file, .index = at, .pixels = {pixels.begin(), pixels.end()}});
  }
  return pictures;
}

bool reads_drawings(const Network& network) {
  return network.config.dataset == "mnist" &&
         network.shape == Shape{.channels = 1, .height = kDigitSide, .width = kDigitSide};
}

}  // namespace

std::vector<Picture> load_pictures(const std::filesystem::path& path, const Network& network,
                                   std::optional<std::size_t> index) {
  const std::string file = path.string();
  const auto [name, bytes] = unpacked({.name = file, .bytes = read_file(path)});
  if (is_idx(bytes)) return from_idx(bytes, name, file, network.shape, index);
  if (index) fail_file(file, "--index is for IDX files, this is none.");
  auto pixels = reads_drawings(network) ? digit(decode_picture(bytes, name))
                                        : as_learnt(bytes, name, file, network.shape);
  return {{.file = file, .index = {}, .pixels = std::move(pixels)}};
}

}  // namespace ff::cli
