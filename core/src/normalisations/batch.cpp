#include <algorithm>

#include "../rows.hpp"
#include "ff/layer.hpp"
#include "ff/normalisation.hpp"
#include "ff/threads.hpp"

namespace ff {
namespace {

constexpr float kLeastVariance = 1e-5F;

using Places = Eigen::Map<Matrix>;
using ConstPlaces = Eigen::Map<const Matrix>;

// [2 x channels] what add(row, sums) adds up over all rows: some rows on each thread, always the
// same ones together, each part in `memory` of its own.
template <class Add>
Eigen::Map<Matrix> add_up(Eigen::Index rows, Eigen::Index channels, float* memory, const Add& add) {
  const Eigen::Index parts = row_parts(rows);
  Eigen::Map<Matrix> all(memory, 2 * parts, channels);
  all.setZero();
  over_row_parts(rows, [&](Eigen::Index part, Eigen::Index row) {
    auto sums = all.middleRows(2 * part, 2);
    add(row, sums);
  });
  for (Eigen::Index part = 1; part < parts; ++part) all.topRows(2) += all.middleRows(2 * part, 2);
  return {memory, 2, channels};
}

void measure(const Shape& passed, Activity& activity) {
  const auto numbers = activity.passed();
  const auto sums = add_up(
      numbers.rows(), passed.channels, activity.to_add_up(), [&](Eigen::Index row, auto& to) {
        const ConstPlaces places(&numbers(row, 0), passed.area(), passed.channels);
        to.row(0) += places.colwise().sum();
        to.row(1) += places.colwise().squaredNorm();
      });
  const float share = 1.0F / static_cast<float>(numbers.rows() * passed.area());
  activity.means() = share * sums.row(0);
  activity.variances() =
      (share * sums.row(1).array() - activity.means().array().square()).max(0.0F);
}

// A number a channel, behind those that are added up.
enum class OfChannel { kFactor, kStart, kMeanSlope, kMeanAlong, kCount };

Eigen::Map<RowVector> by_channel(OfChannel which, Eigen::Index rows, Activity& activity) {
  const Eigen::Index channels = activity.means().cols();
  const Eigen::Index index = 2 * row_parts(rows) + static_cast<Eigen::Index>(which);
  return {activity.to_add_up() + index * channels, channels};
}

// What a number is multiplied by, after its mean is taken off.
Eigen::Map<RowVector> factors(const Layer& layer, Activity& activity) {
  auto factor = by_channel(OfChannel::kFactor, activity.passed().rows(), activity);
  factor = (activity.variances().array() + kLeastVariance).rsqrt();
  if (layer.normalisation->learns_scale) factor = factor.cwiseProduct(layer.gain.flat());
  return factor;
}

void batch_apply(const Layer& layer, bool learning, Activity& activity) {
  const Shape& passed = layer.passed;
  if (!activity.has_passed()) {
    activity.add_passed(activity.units().cols());
    activity.passed() = activity.units();
  }
  auto numbers = activity.passed();
  const Eigen::Index sums =
      2 * row_parts(numbers.rows()) + static_cast<Eigen::Index>(OfChannel::kCount);
  activity.add_figures(1, passed.channels, sums * passed.channels);
  if (learning) {
    measure(passed, activity);
  } else {
    activity.means() = layer.running.mean;
    activity.variances() = layer.running.variance;
  }
  const auto factor = factors(layer, activity);
  auto start = by_channel(OfChannel::kStart, numbers.rows(), activity);
  start = activity.means().cwiseProduct(factor);
  if (layer.normalisation->learns_scale) start -= layer.shift.flat();
  over_rows(numbers.rows(), [&](Eigen::Index row) {
    Places places(&numbers(row, 0), passed.area(), passed.channels);
    for (Eigen::Index place = 0; place < places.rows(); ++place)
      places.row(place) = places.row(place).cwiseProduct(factor) - start;
  });
  activity.scale.setOnes(numbers.rows());
}

// Sums of v and of y v become those of v and x v, where y = gain x + shift is passed on. A channel
// whose gain is 0 has lost its x, and learns nothing of it. `inverse` becomes 1 / gain.
void take_off_scale(const Layer& layer, Eigen::Map<Matrix> sums, Eigen::Map<RowVector> inverse) {
  inverse =
      layer.gain.flat().unaryExpr([](float gain) { return gain == 0.0F ? 0.0F : 1.0F / gain; });
  sums.row(1) = (sums.row(1) - layer.shift.flat().cwiseProduct(sums.row(0))).cwiseProduct(inverse);
}

// With x as normalised, of n numbers: factor (v - mean of v - x mean of (x v)). The sums of v and x
// v are the derivatives by shift and gain.
void batch_back(const Layer& layer, bool learning, Activity& activity, Eigen::Ref<Matrix> slopes) {
  const Shape& passed = layer.passed;
  const auto numbers = activity.passed();
  const auto factor = factors(layer, activity);
  const auto of = [&](const auto& matrix, Eigen::Index row) {
    return ConstPlaces(matrix.row(row).data(), passed.area(), passed.channels);
  };
  auto mean = by_channel(OfChannel::kMeanSlope, slopes.rows(), activity);
  auto along = by_channel(OfChannel::kMeanAlong, slopes.rows(), activity);
  mean.setZero();
  along.setZero();
  if (learning) {
    const auto sums = add_up(slopes.rows(), passed.channels, activity.to_add_up(),
                             [&](Eigen::Index row, auto& to) {
                               const auto slope = of(slopes, row);
                               to.row(0) += slope.colwise().sum();
                               to.row(1) += slope.cwiseProduct(of(numbers, row)).colwise().sum();
                             });
    const auto count = static_cast<float>(slopes.rows() * passed.area());
    if (layer.normalisation->learns_scale) {
      auto inverse = by_channel(OfChannel::kStart, slopes.rows(), activity);
      take_off_scale(layer, sums, inverse);
      along = sums.row(1).cwiseProduct(inverse) / count;
      mean = sums.row(0) / count - layer.shift.flat().cwiseProduct(along);
    } else {
      mean = sums.row(0) / count;
      along = sums.row(1) / count;
    }
  }
  over_rows(slopes.rows(), [&](Eigen::Index row) {
    Places slope(&slopes(row, 0), passed.area(), passed.channels);
    const auto y = of(numbers, row);
    for (Eigen::Index place = 0; place < slope.rows(); ++place)
      slope.row(place) =
          (slope.row(place) - mean - y.row(place).cwiseProduct(along)).cwiseProduct(factor);
  });
}

}  // namespace

/// Each channel with mean 0 and variance 1 over a minibatch and all places (Ioffe and Szegedy
/// 2015), without their scale and shift.
extern const Normalisation kBatchNormalisation = {.name = "batch",
                                                  .title = "Channels of a minibatch",
                                                  .of_batch = true,
                                                  .apply = batch_apply,
                                                  .back = batch_back};

/// And with them.
extern const Normalisation kScaledBatchNormalisation = {.name = "scaled_batch",
                                                        .title = "Channels of a minibatch, scaled",
                                                        .of_batch = true,
                                                        .learns_scale = true,
                                                        .apply = batch_apply,
                                                        .back = batch_back};

}  // namespace ff
