#include "squares.hpp"

namespace ff {

extern const Goodness kSumOfSquares = {
    .name = "sum_of_squares",
    .title = "Sum of squares",
    .measure = measure_squares,
    .derivative = derive_squares,
    .zero_when_silent = true,
    .signed_as_units = false,
    .scale = [](Eigen::Index) { return 1.0F; },
};

}  // namespace ff
