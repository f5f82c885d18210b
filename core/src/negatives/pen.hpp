#pragma once

#include "ff/dataset.hpp"
#include "ff/matrix.hpp"
#include "ff/random.hpp"

namespace ff {

/// Lines that a pen draws through places at random, in all channels of a picture, 0 to 1; as large
/// and as thick as MNIST's digits are for images of their size.
void draw_lines(const Shape& shape, Random& random, Eigen::Ref<RowVector> picture);

}  // namespace ff
