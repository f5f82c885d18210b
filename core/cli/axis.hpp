#pragma once

#include <string>
#include <vector>

namespace ff::cli {

enum class Scale {
  kWhole,   ///< ticks at whole numbers
  kSteps,   ///< ticks at round ones
  kRatios,  ///< logarithmic, if the values are far enough apart
};

/// Numbers to places along one side of a chart, between round ticks.
class Axis {
 public:
  /// From `from` to `to` in pixels.
  Axis(const std::vector<double>& values, Scale scale, double from, double to);

  double place(double value) const;
  const std::vector<double>& ticks() const { return ticks_; }

 private:
  void choose_ratios(double low, double high);
  void choose_steps(double low, double high, double least);

  double from_, to_;
  bool logarithmic_;
  std::vector<double> ticks_{};  ///< the first and the last are the axis' ends
};

/// As it is written beside the axis.
std::string tick_text(double tick);

}  // namespace ff::cli
