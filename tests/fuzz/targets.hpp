#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "../core/formats/gzipped.hpp"
#include "ff/cifar10.hpp"
#include "ff/dataset.hpp"
#include "ff/drawing.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/gzip.hpp"
#include "ff/idx.hpp"
#include "ff/model_file.hpp"
#include "ff/picture_file.hpp"
#include "ff/safetensors.hpp"

/// What is done with bytes from anywhere. Each either takes them, and then what came of them must
/// hold together, or throws ff::Error; anything else aborts.
namespace ff::fuzz {

using Bytes = std::span<const std::uint8_t>;

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void idx(Bytes bytes) {
  const bool labels = !bytes.empty() && bytes.back() % 2 == 1;
  if (labels) {
    require(!idx_labels(bytes, "fuzz").empty());
  } else {
    const IdxImages images = idx_images(bytes, "fuzz");
    require(images.pixels.size() ==
            images.count * static_cast<std::size_t>(images.width) * images.height);
  }
}

inline void cifar10(Bytes bytes) {
  Dataset dataset = empty_cifar10();
  append_cifar10(bytes, "fuzz", dataset);
  require(dataset.count() > 0 &&
          dataset.pixels.size() == dataset.count() * static_cast<std::size_t>(3072));
}

inline void drawing(const GreyImage& image) {
  const auto digit = digit_from_drawing(image);
  require(!digit || digit->size() == static_cast<std::size_t>(kDigitSide) * kDigitSide);
}

#ifndef __EMSCRIPTEN__  // where the browser unpacks and decodes files

/// Puts right the checksum of each chunk, or no mutation would get past it.
inline std::vector<std::uint8_t> with_true_checksums(Bytes png) {
  std::vector<std::uint8_t> bytes(png.begin(), png.end());
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    std::size_t length = 0;
    for (int i = 0; i < 4; ++i) length = length << 8 | bytes[at + i];
    if (length > bytes.size() - at - 12) break;
    const std::uint32_t checksum = test::crc32(Bytes(bytes).subspan(at + 4, length + 4));
    for (int i = 0; i < 4; ++i) {
      bytes[at + 8 + length + i] = static_cast<std::uint8_t>(checksum >> (24 - 8 * i));
    }
    at += length + 12;
  }
  return bytes;
}

inline void picture(Bytes file) {
  constexpr std::size_t kQuickToDecode = 1 << 20;
  const PictureHeader header = picture_header(file, "fuzz");
  const std::size_t size = static_cast<std::size_t>(header.width) * header.height;
  if (size > kQuickToDecode) return;
  const GreyImage image = decode_picture(file, "fuzz");
  require(image.width == header.width && image.height == header.height);
  require(image.pixels.size() == size);
  require(decode_picture(file, "fuzz", 3).size() == 3 * size);
}

inline void png(Bytes bytes) { picture(with_true_checksums(bytes)); }
inline void jpeg(Bytes bytes) { picture(bytes); }

inline void gzip(Bytes bytes) { require(gunzip(bytes, "fuzz").size() <= std::size_t{512} << 20); }

#endif

/// The first byte is the width, the rest are rows of pixels: of a photograph if the last is odd.
inline void pixels(Bytes bytes) {
  if (bytes.empty() || bytes[0] == 0) return;
  const std::size_t width = bytes[0], height = (bytes.size() - 1) / width;
  const Bytes kept = bytes.subspan(1, width * height);
  const GreyImage image{
      static_cast<int>(width), static_cast<int>(height), {kept.begin(), kept.end()}};
  drawing(bytes.back() % 2 == 1 ? ink_on_black(image) : image);
}

inline void safetensors(Bytes bytes) {
  const TensorFile file = read_safetensors(bytes, "fuzz");
  const TensorFile again =
      read_safetensors(write_safetensors(file, TensorType::kF32), "fuzz, written again");
  require(again.metadata == file.metadata && again.tensors.size() == file.tensors.size());
  for (const auto& [name, tensor] : file.tensors) {
    require(again.tensors.at(name).shape == tensor.shape);
    require(again.tensors.at(name).values == tensor.values);
  }
}

inline void model(Bytes bytes) { load_model(bytes, "fuzz"); }

inline void config(Bytes bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const Config config = config_from_text(text);
  require(config_from_json(to_json(config)) == config);
}

/// Runs a target; whatever it throws but Error, or an Error that is no sentence, ends the program.
inline void run(void (*target)(Bytes), Bytes bytes) noexcept {
  try {
    target(bytes);
  } catch (const Error& error) {
    require(std::string_view(error.what()).ends_with('.'));
  }
}

struct Target {
  const char* name;  ///< also of its folder in corpus/
  void (*run)(Bytes);
};
inline constexpr std::array kTargets = {
    Target{"cifar10", cifar10}, Target{"config", config}, Target{"idx", idx},
    Target{"model", model},     Target{"pixels", pixels}, Target{"safetensors", safetensors},
#ifndef __EMSCRIPTEN__
    Target{"gzip", gzip},       Target{"jpeg", jpeg},     Target{"png", png},
#endif
};

}  // namespace ff::fuzz
