#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "ff/dataset.hpp"

namespace ff {

/// An empty data set of CIFAR-10's images: 32x32 pixels in three channels.
Dataset empty_cifar10();

/// Appends the records of a CIFAR-10 file in Krizhevsky's binary version: a label byte, then 1024
/// bytes each of red, green and blue. `name` is used in error messages only. Throws Error when it
/// holds no record, breaks off within one, or when a label is above 9.
void append_cifar10(std::span<const std::uint8_t> bytes, std::string_view name, Dataset& dataset);

/// Reads data_batch_1.bin to data_batch_5.bin, or test_batch.bin, from `folder` or from the folder
/// cifar-10-batches-bin/ in it, as which the original archive unpacks. Throws Error naming the
/// missing or malformed file.
Dataset load_cifar10(const std::filesystem::path& folder, Split split);

}  // namespace ff
