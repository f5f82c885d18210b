#pragma once

#include "ff/fields.hpp"

namespace ff::bench {

/// {"product": "forward" | "update", "optimiser", "rows", "inputs", "units", "seconds"} ->
/// {"gflops"}: a layer's products on one thread, as a training step calls them: packing and what is
/// done on the way out take time, but only the product counts as arithmetic.
Json measure_kernel(const Json& request);

}  // namespace ff::bench
