#include "squares.hpp"

namespace ff {

extern const Goodness kMeanOfSquares = {
    .name = "mean_of_squares",
    .title = "Mean of squares",
    .measure = measure_squares,
    .derivative = derive_squares,
    .zero_when_silent = true,
    .signed_as_units = false,
    .scale = [](Eigen::Index units) { return 1.0F / static_cast<float>(units); },
};

}  // namespace ff
