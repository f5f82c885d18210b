#pragma once

#include "ff/matrix.hpp"

namespace ff {

/// A layer's activity and what the next layer makes of it: only its direction.
struct Activity {
  Matrix units;       ///< [rows x units] after the ReLU
  Vector square_sum;  ///< [rows] sum of a row's squares
  Vector scale;       ///< [rows] what brings each row to mean square 1
};

}  // namespace ff
