#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ff {

/// How the numbers of an image lie: one channel after another, each row by row.
struct Shape {
  int channels = 1;  ///< 3 in colour: red, green, blue
  int height = 1;
  int width = 1;

  int area() const { return height * width; }
  int size() const { return channels * area(); }
  bool operator==(const Shape&) const = default;
};

/// As one says it: 28x28, width first, or 32x32 in colour.
std::string in_words(const Shape& shape);

inline constexpr std::size_t kFewestClasses = 2;
inline constexpr std::size_t kMostClasses = 1000;

/// The names of the classes of a named data set, in the order of their labels: those of clothes, of
/// things, or the digits.
std::vector<std::string> class_names(std::string_view dataset);

/// Labelled 8-bit images, all of one shape.
struct Dataset {
  Shape shape;
  std::vector<std::string> classes = class_names("mnist");  ///< their names
  std::vector<std::uint8_t> pixels;   ///< [count x shape.size()]; 0 is background
  std::vector<std::uint16_t> labels;  ///< [count], each a place in `classes`

  std::size_t count() const { return labels.size(); }
  std::span<const std::uint8_t> image(std::size_t index) const {
    const auto size = static_cast<std::size_t>(shape.size());
    return {pixels.data() + index * size, size};
  }
};

/// What tells the images of one data set from those of another, in a checkpoint.
struct DataMark {
  std::int64_t images = 0;  ///< 0: unknown
  std::uint64_t hash = 0;   ///< of all pixels and labels

  bool operator==(const DataMark&) const = default;
};

DataMark mark_of(const Dataset& dataset);

/// Joins an IDX image file and an IDX label file, both unpacked (LeCun's MNIST format); its classes
/// are the digits.
/// The names are used in error messages only. Throws Error when either is malformed, holds nothing,
/// is longer than its header says, when the counts differ, or when a label is above 9.
Dataset dataset_from_idx(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels,
                         std::string_view images_name, std::string_view labels_name);

enum class Split { kTrain, kTest };

}  // namespace ff
