#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ff/read_out.hpp"

namespace ff::cli {

/// The images that a net is judged by.
struct JudgedImages {
  std::string split;  ///< "test", "validation" or "train"
  std::shared_ptr<const Dataset> data;
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Those that the config holds out of the training set.
JudgedImages held_out_images(const Config& config, std::shared_ptr<const Dataset> training);

/// The whole of a test set.
JudgedImages test_images(std::shared_ptr<const Dataset> test);

/// After which epochs a net is judged; after the last one always.
struct JudgedEpochs {
  std::int64_t every = 1;
  bool first = false;  ///< after the first one too
  /// How it is read before the last one; as its config says, if there is none.
  std::optional<Reading> meanwhile{};

  bool includes(std::int64_t epoch, std::int64_t epochs) const;
  /// How many there are after `epoch`.
  std::int64_t after(std::int64_t epoch, std::int64_t epochs) const;
};

/// Judges a net, in pieces of well under a second: after each, `go_on` hears how many images are
/// done and says whether to go on. Nothing when it said no. Throws Error when the images
/// do not fit the net.
std::optional<Evaluation> judge(const Network& network, const JudgedImages& images,
                                const std::function<bool(std::size_t)>& go_on,
                                const std::optional<Reading>& reading = {});

}  // namespace ff::cli
