#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ff {

/// Labelled 8-bit images, all of one size.
struct Dataset {
  int width = 0;
  int height = 0;
  int channels = 1;  ///< 3 in colour: red, green, blue
  int classes = 10;
  /// [count x channels * width * height]: of an image one channel after another, each row by row; 0
  /// is background.
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;  ///< [count], each below `classes`

  std::size_t count() const { return labels.size(); }
  int image_size() const { return channels * width * height; }
  std::span<const std::uint8_t> image(std::size_t index) const {
    return {pixels.data() + index * static_cast<std::size_t>(image_size()),
            static_cast<std::size_t>(image_size())};
  }
};

/// What tells the images of one data set from those of another, in a checkpoint.
struct DataMark {
  std::int64_t images = 0;  ///< 0: unknown
  std::uint64_t hash = 0;   ///< of all pixels and labels

  bool operator==(const DataMark&) const = default;
};

DataMark mark_of(const Dataset& dataset);

/// Joins an IDX image file and an IDX label file, both unpacked (LeCun's MNIST format).
/// The names are used in error messages only. Throws Error when either is malformed, holds nothing,
/// is longer than its header says, when the counts differ, or when a label is above 9.
Dataset dataset_from_idx(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels,
                         std::string_view images_name, std::string_view labels_name);

enum class Split { kTrain, kTest };

}  // namespace ff
