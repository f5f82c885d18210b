#pragma once

#include <span>
#include <string>

#include "ff/network.hpp"

namespace ff {

/// The same net with more classes, named `names`, after those it knows: a run of its own can begin
/// with it, by the settings `run`. All weights stay; those that tell the new labels from none
/// are 0, and so is the softmax's part for them, so that the old labels have the goodness they had
/// (of an image that is dark where a label takes its pixels). Moments of earlier training go.
/// Throws Error naming `classes` when a name is there already, there are too many, or they have no
/// room; `label_code` when the old labels would be written otherwise; and the first setting of
/// `run` that is none of data, optimiser and run but differs from the net's.
Network widened(const Network& network, std::span<const std::string> names, const Config& run);

}  // namespace ff
