#pragma once

#include "ff/activity.hpp"

namespace ff {

/// A fixed map between two layers that no derivative passes (Hinton 2022, section 1:
/// forward-forward "can be used when the precise details of the forward computation are unknown").
/// `seen` [as `activity`]: 1 where a unit is more active than the one after it, 0 elsewhere; the
/// last is compared with the first. Its slope is 0 almost everywhere.
void black_box(const Activity& activity, Activity& seen);

}  // namespace ff
