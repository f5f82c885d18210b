#include "ff/report.hpp"

#include <algorithm>
#include <cmath>

namespace ff {
namespace {

int bin_of(float value, const Histogram& histogram) {
  const float place = (value - histogram.low) / (histogram.high - histogram.low);
  return std::clamp(static_cast<int>(place * Histogram::kBins), 0, Histogram::kBins - 1);
}

// The range leaves out a hundredth at each end, so that a few outliers do not squeeze the rest, but
// not the threshold.
void choose_range(std::vector<float> values, const std::optional<double>& threshold,
                  Histogram& histogram) {
  const auto at = [&](std::size_t hundredths) {
    const auto place = static_cast<std::ptrdiff_t>(values.size() * hundredths / 100);
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
  };
  histogram.low = at(1);
  histogram.high = at(99);
  if (threshold) {
    histogram.low = std::min(histogram.low, static_cast<float>(*threshold));
    histogram.high = std::max(histogram.high, static_cast<float>(*threshold));
  }
  if (!(histogram.high > histogram.low)) histogram.high = histogram.low + 1.0F;
}

// Of goodness collected over several minibatches.
std::optional<double> functional_entropy(const std::vector<double>& goodness) {
  double mean = 0.0;
  double mean_log = 0.0;
  for (const double h : goodness) {
    if (h < 0.0) return std::nullopt;
    mean += h;
    mean_log += h > 0.0 ? h * std::log(h) : 0.0;
  }
  const auto count = static_cast<double>(goodness.size());
  mean /= count;
  return mean > 0.0 ? mean_log / count - mean * std::log(mean) : 0.0;
}

}  // namespace

void RecentGoodness::add(const Vector& goodness, float loss) {
  if (goodness_.size() < kMinibatches) {
    goodness_.emplace_back();
    losses_.emplace_back();
  }
  goodness_[next_] = goodness;
  losses_[next_] = loss;
  next_ = (next_ + 1) % kMinibatches;
}

void RecentGoodness::report(LayerReport& layer) const {
  for (const float loss : losses_) layer.loss += loss / static_cast<double>(losses_.size());
  std::vector<float> all;
  std::int64_t wrong = 0;
  for (const Vector& goodness : goodness_) {
    all.insert(all.end(), goodness.begin(), goodness.end());
    const Eigen::Index batch = goodness.size() / 2;
    wrong += (goodness.tail(batch).array() >= goodness.head(batch).array()).count();
  }
  if (all.empty()) return;
  layer.pair_error = 2.0 * static_cast<double>(wrong) / static_cast<double>(all.size());
  layer.silent = std::ranges::all_of(all, [](float value) { return value == 0.0F; });
  choose_range(all, layer.threshold, layer.goodness);
  std::vector<double> positives;
  std::vector<double> negatives;
  for (const Vector& goodness : goodness_) {
    const Eigen::Index batch = goodness.size() / 2;
    for (Eigen::Index row = 0; row < goodness.size(); ++row) {
      auto& bins = row < batch ? layer.goodness.positive : layer.goodness.negative;
      bins.at(static_cast<std::size_t>(bin_of(goodness[row], layer.goodness))) += 1.0F;
      (row < batch ? positives : negatives).push_back(goodness[row]);
    }
  }
  layer.positive_entropy = functional_entropy(positives);
  layer.negative_entropy = functional_entropy(negatives);
}

}  // namespace ff
