#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "axis.hpp"

namespace ff::cli {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

/// One quantity: a faint line a run, and their mean.
struct Curve {
  std::string label{};
  std::size_t colour = 0;  ///< of any number; they repeat after a while
  bool dashed = false;
  std::vector<std::vector<Point>> runs{};
  std::vector<Point> mean{};
};

struct Chart {
  std::string title{}, x_label{}, y_label{};
  Scale scale = Scale::kSteps;
  std::size_t together = 1;  ///< so many curves, one after another, share a row of the legend
  std::vector<Curve> curves{};
};

/// A picture of its own, light or dark as its reader prefers. The chart has at least one point.
std::string svg(const Chart& chart);

}  // namespace ff::cli
