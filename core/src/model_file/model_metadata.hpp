#pragma once

#include "model_reader.hpp"

// What a model file says in words: the config, what the net takes and tells apart, and where its
// run stood.

namespace ff {

struct TrainingState;

void write_metadata(const Network& network, TensorFile& file);
void write_metadata(const TrainingState& state, TensorFile& file);

/// A net by its metadata, without layers.
Network read_metadata(const ModelReader& reader);

/// Where its run stood; a model that is no checkpoint does not say.
TrainingState read_state(const ModelReader& reader);

}  // namespace ff
