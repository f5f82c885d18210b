#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "ff/safetensors.hpp"
#include "ff/trainer.hpp"

namespace ff {

/// What is written can be read: room for 32 layers of 8192 units with their moments.
inline constexpr std::uint64_t kLargestModel = std::uint64_t{1} << 36;

/// A net read from a file, and where its run stood if the file says.
struct SavedModel {
  Network network;
  TrainingState state;
  bool resumable = false;  ///< whether `state` holds what training needs to go on
};

/// A net as safetensors: tensors layerN.weight [inputs x units], layerN.bias, softmax.weight,
/// softmax.bias, and what a normalisation learns or keeps, as layerN.gain; the config, the images'
/// shape and the classes' names as JSON in the metadata.
std::vector<std::uint8_t> save_model(const Network& network, TensorType type);

/// The same with everything needed to resume: moments, running means and the step, always F32.
std::vector<std::uint8_t> save_checkpoint(const Network& network, const TrainingState& state);

/// Reads either. `name` is used in error messages. Throws Error naming the tensor or field that is
/// missing, of a wrong shape, or not what the config says.
SavedModel load_model(std::span<const std::uint8_t> bytes, std::string_view name);

/// Reads the file of either.
SavedModel load_model(const std::filesystem::path& path);

}  // namespace ff
