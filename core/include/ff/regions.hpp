#pragma once

#include "ff/config.hpp"
#include "ff/dataset.hpp"
#include "ff/label_code.hpp"
#include "ff/panel_matrix.hpp"

namespace ff {

/// Regions of an image: `config.regions` each way (local goodness: Hinton 2022, section 6). A
/// layer's units are divided among them as evenly as they go.
int region_count(const Config& config);

/// The units of region `region`, numbered row by row.
Units region_units(const Config& config, Eigen::Index units, int region);

/// Takes from layer 1's weights [pixels x units] what a unit has no business to see: it sees its
/// region, half a region beyond it each way, and what columns are given over to the label.
void blind(const Config& config, const Shape& images, const RowFormat& format,
           PanelMatrix& weights);

}  // namespace ff
