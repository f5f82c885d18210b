#pragma once

#include <span>
#include <string_view>

#include "ff/dataset.hpp"
#include "ff/matrix.hpp"

namespace ff {

struct Config;

/// In place of a label: none in particular.
inline constexpr int kNeutral = -1;

/// How a label is written into an image.
/// A new one: a file in src/label_codes/ and its name in label_code.cpp.
struct LabelCode {
  std::string_view name, title;

  /// Columns that it needs beside those of the image.
  Eigen::Index (*added)(const Shape& shape, Eigen::Index classes);

  /// Fills codes [classes x columns], all 0 so far: a row a class, its squares 1 in sum.
  void (*write)(const Shape& shape, Eigen::Ref<Matrix> codes);

  /// The most classes that it can tell apart on such images.
  Eigen::Index (*room)(const Shape& shape);

  /// Where an image is made 0 to make room, from its first pixel on: as many as there are classes.
  bool clears;
};

/// All there are; the first is the paper's.
std::span<const LabelCode* const> label_codes();

const LabelCode& label_code(std::string_view name);

/// How an image and its label become a row of numbers.
struct RowFormat {
  bool centred = false;      ///< each image less the mean of its pixels
  Eigen::Index pixels = 0;   ///< of an image, the first columns of a row
  Eigen::Index cleared = 0;  ///< of those, the first so many are 0
  float strength = 0.0F;     ///< of a label; 0: the images carry none
  /// [classes + 1 x columns] what is added for each label, and below them for kNeutral the mean of
  /// all; no rows where images carry no label.
  Matrix codes;
  Vector code_squares;    ///< [classes + 1]
  bool overlaps = false;  ///< whether a code falls on what an image may hold

  Eigen::Index columns() const { return codes.cols(); }
};

/// The place of a label's code among so many.
inline Eigen::Index code_of(int label, Eigen::Index codes) {
  return label == kNeutral ? codes - 1 : label;
}

/// The format that a net's config asks for. Throws Error naming label_code when the images have too
/// few pixels for that many classes.
RowFormat row_format(const Config& config, const Shape& shape, std::size_t classes);

}  // namespace ff
