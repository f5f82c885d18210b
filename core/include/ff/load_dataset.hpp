#pragma once

#include <filesystem>
#include <string_view>

#include "ff/dataset.hpp"

namespace ff {

/// Reads one split of a named data set; natively only, since a page fetches its own. "mnist" and
/// "fashion-mnist" are in the folder `data/name/`, four files with LeCun's names, plain or with
/// ".gz"; "cifar-10" too, see cifar10.hpp; of "folder" `data` itself is the folder, see
/// image_folder.hpp. Throws Error naming the missing or malformed file, or when the images have
/// fewer pixels than there are labels.
Dataset load_dataset(const std::filesystem::path& data, std::string_view name, Split split);

}  // namespace ff
