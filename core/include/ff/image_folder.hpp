#pragma once

#include <filesystem>

#include "ff/dataset.hpp"

namespace ff {

/// Reads one split of a person's own images, PNG and JPEG files in a folder for each of 2 to 1000
/// classes: `folder`/train/CLASS/ and `folder`/test/CLASS/, or `folder`/CLASS/ alone, where every
/// sixth image of a class is for the test. Classes are numbered and images counted in alphabetical
/// order; the training images come in an order drawn once and for all, so that any stretch of them
/// has all classes. All are of one size, up to 256 pixels a side, once those that EXIF says lie on
/// their side are upright; if any is in colour, all have three channels. Pictures in other formats
/// are refused; hidden files, and those that are no pictures, are passed over, and so is what else
/// is beside train/ and test/. Natively only. Throws Error naming the file or folder.
Dataset load_image_folder(const std::filesystem::path& folder, Split split);

}  // namespace ff
