#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ff/matrix.hpp"

namespace ff {

/// How the goodness of recent positives and negatives was spread.
struct Histogram {
  static constexpr int kBins = 40;
  float low = 0.0F;
  float high = 1.0F;
  std::array<float, kBins> positive{};  ///< how many fell in each bin between low and high
  std::array<float, kBins> negative{};
};

/// How one layer did in the last minibatches.
struct LayerReport {
  int units = 0;
  double loss = 0.0;
  double pair_error = 0.0;            ///< share of pairs whose negative is not below its positive
  std::optional<double> threshold{};  ///< on the scale of the histogram
  Histogram goodness{};
  bool silent = false;  ///< whether there is goodness, and all of it is 0: no unit answers any more
  /// Functional entropy of positives' and of negatives' goodness, E[h log(h / E h)] (Lorberbom et
  /// al. 2024, section 4); none where some goodness is below 0.
  std::optional<double> positive_entropy{}, negative_entropy{};
};

/// Where a run stands.
struct Report {
  std::int64_t step = 0;   ///< minibatches done
  std::int64_t steps = 0;  ///< minibatches in the whole run
  double epoch = 0.0;      ///< epochs done, with their fraction
  int epochs = 0;
  std::int64_t images = 0;  ///< training images seen
  double learning_rate = 0.0;
  std::int64_t activity_bytes = 0;  ///< activity held at once in a training step
  std::int64_t backprop_bytes = 0;  ///< what backprop would hold for the same rows
  std::vector<LayerReport> layers;
};

/// Remembers a layer's goodness and loss over the last minibatches.
class RecentGoodness {
 public:
  /// goodness [2 x batch]: positives, then their negatives; empty when the loss is not made of it.
  void add(const Vector& goodness, float loss);

  /// Fills in what it remembers: all but units and threshold. A threshold is kept in sight. Without
  /// goodness only the loss is known, and the histogram counts nothing.
  void report(LayerReport& layer) const;

 private:
  static constexpr std::size_t kMinibatches = 20;
  std::vector<Vector> goodness_;  ///< a ring of the last ones
  std::vector<float> losses_;
  std::size_t next_ = 0;
};

}  // namespace ff
