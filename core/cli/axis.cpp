#include "axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "text.hpp"

namespace ff::cli {
namespace {

constexpr std::array<double, 3> kRound = {1.0, 2.0, 5.0};
constexpr double kFarApart = 6.0;
constexpr double kMostSteps = 7.0;
// Sums and powers of round numbers are not quite round.
constexpr double kRounding = 1e-9;

bool far_apart(double low, double high) { return low > 0.0 && high / low >= kFarApart; }

double power_below(double value) { return std::pow(10.0, std::floor(std::log10(value))); }

}  // namespace

Axis::Axis(const std::vector<double>& values, Scale scale, double from, double to)
    : from_(from), to_(to) {
  const auto [low, high] = std::ranges::minmax(values);
  logarithmic_ = scale == Scale::kRatios && far_apart(low, high);
  if (logarithmic_)
    choose_ratios(low, high);
  else
    choose_steps(low, high, scale == Scale::kWhole ? 1.0 : 0.0);
}

double Axis::place(double value) const {
  const auto position = [&](double number) { return logarithmic_ ? std::log(number) : number; };
  const double first = position(ticks_.front());
  const double share = (position(value) - first) / (position(ticks_.back()) - first);
  return from_ + share * (to_ - from_);
}

// The last round number that is not above all values, and so on to the first that is not below.
void Axis::choose_ratios(double low, double high) {
  for (double power = power_below(low); ticks_.empty() || ticks_.back() < high; power *= 10.0) {
    for (const double round : kRound) {
      const double tick = round * power;
      if (tick <= low * (1.0 + kRounding)) ticks_.clear();
      if (ticks_.empty() || ticks_.back() < high) ticks_.push_back(tick);
    }
  }
}

// From 0, unless all values are far from it.
void Axis::choose_steps(double low, double high, double least) {
  if (low > 0.0 && low < 0.7 * high) low = 0.0;
  if (high < 0.0 && high > 0.7 * low) high = 0.0;
  if (!(high > low)) high = low + std::max(1.0, std::abs(low));
  const double power = power_below((high - low) / kMostSteps);
  double step = 10.0 * power;
  for (const double round : {5.0, 2.0, 1.0})
    if ((high - low) / (round * power) <= kMostSteps) step = round * power;
  step = std::max(step, least);
  const double first = std::floor(low / step + kRounding);
  const double last = std::ceil(high / step - kRounding);
  for (double count = first; count <= last; count += 1.0) ticks_.push_back(count * step);
}

std::string tick_text(double tick) {
  const bool whole = std::abs(tick - std::round(tick)) < kRounding;
  return whole ? with_commas(std::llround(tick)) : significant(tick);
}

}  // namespace ff::cli
