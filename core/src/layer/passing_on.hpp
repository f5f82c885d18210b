#pragma once

#include "ff/layer.hpp"
#include "scratch.hpp"

namespace ff {

// What a layer passes on of its activity: pooled, then normalised.
void pass_on(const Layer& layer, bool learning, Activity& activity);

// A row's derivatives by what is passed on, before it is normalised, become those by its activity.
void through_pooling(const Layer& layer, const Activity& activity, Eigen::Index row,
                     const float* by_outputs, float* by_units);

// values [rows x outputs]: derivatives by what is passed on become [rows x units] those by the
// activity.
void through_passing_on(const Layer& layer, bool learning, Activity& activity, Scratch& values,
                        Scratch& by_units);

}  // namespace ff
