#pragma once

#include "ff/activity.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

struct Config;

/// A gentle pull of each unit's running mean towards its layer's, on positives, and not gated by
/// the ReLU so that a dead unit comes back (Hinton 2022, footnote 6). `activity`, `delta` [2 x
/// batch x units]; `mean` [units] is brought up to date.
void add_peer_pull(const Config& config, const Activity& activity, RowVector& mean,
                   PanelMatrix& delta);

}  // namespace ff
