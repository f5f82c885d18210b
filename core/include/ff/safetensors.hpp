#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ff {

/// A named block of numbers in memory. Files may hold them as F32 or F16; here they are floats.
struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<float> values;  ///< row-major, as many as the product of `shape`
};

/// The contents of a safetensors file: tensors by name and text by name.
struct TensorFile {
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata;
};

enum class TensorType { kF32, kF16 };

/// Writes safetensors that Python's `safetensors` loads: 8-byte header length, JSON header padded
/// to 8 bytes, then the data without gaps. Throws Error when a shape and its values disagree.
std::vector<std::uint8_t> write_safetensors(const TensorFile& file, TensorType type);

/// Reads F32 and F16 tensors. Nothing in the file is trusted: throws Error (with `name` and the
/// tensor at fault) on a truncated file, a header longer than the file or than 16 MiB, malformed
/// JSON, an unknown type, offsets out of range, overlapping or with gaps, a size that does not
/// match the shape, or a value that is not finite.
TensorFile read_safetensors(std::span<const std::uint8_t> bytes, std::string_view name);

}  // namespace ff
