#include "squares.hpp"

namespace ff {

const Goodness kMeanOfSquares = {
    .measure = measure_squares,
    .derivative = derive_squares,
    .zero_when_silent = true,
    .scale = [](Eigen::Index units) { return 1.0F / static_cast<float>(units); },
};

}  // namespace ff
