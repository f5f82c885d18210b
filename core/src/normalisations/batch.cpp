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
Eigen::Map<RowVector> by_channel(Eigen::Index index, Eigen::Index rows, Activity& activity) {
  const Eigen::Index channels = activity.means().cols();
  return {activity.to_add_up() + (2 * row_parts(rows) + index) * channels, channels};
}

Eigen::Map<RowVector> inverse_deviations(Activity& activity) {
  auto inverse = by_channel(0, activity.passed().rows(), activity);
  inverse = (activity.variances().array() + kLeastVariance).rsqrt();
  return inverse;
}

void batch_apply(const Layer& layer, bool learning, Activity& activity) {
  const Shape& passed = layer.passed;
  if (!activity.has_passed()) {
    activity.add_passed(activity.units().cols());
    activity.passed() = activity.units();
  }
  auto numbers = activity.passed();
  activity.add_figures(1, passed.channels, (2 * row_parts(numbers.rows()) + 2) * passed.channels);
  if (learning) {
    measure(passed, activity);
  } else {
    activity.means() = layer.running.mean;
    activity.variances() = layer.running.variance;
  }
  const auto inverse = inverse_deviations(activity);
  auto start = by_channel(1, numbers.rows(), activity);
  start = activity.means().cwiseProduct(inverse);
  over_rows(numbers.rows(), [&](Eigen::Index row) {
    Places places(&numbers(row, 0), passed.area(), passed.channels);
    for (Eigen::Index place = 0; place < places.rows(); ++place)
      places.row(place) = places.row(place).cwiseProduct(inverse) - start;
  });
  activity.scale.setOnes(numbers.rows());
}

// With x as normalised, of n numbers: inverse (v - mean of v - x mean of (x v)).
void batch_back(const Layer& layer, bool learning, Activity& activity, Eigen::Ref<Matrix> slopes) {
  const Shape& passed = layer.passed;
  const auto numbers = activity.passed();
  const auto inverse = inverse_deviations(activity);
  const auto of = [&](const auto& matrix, Eigen::Index row) {
    return ConstPlaces(matrix.row(row).data(), passed.area(), passed.channels);
  };
  Eigen::Map<Matrix> means(activity.to_add_up(), 2, passed.channels);
  means.setZero();
  if (learning) {
    add_up(slopes.rows(), passed.channels, means.data(), [&](Eigen::Index row, auto& to) {
      const auto slope = of(slopes, row);
      to.row(0) += slope.colwise().sum();
      to.row(1) += slope.cwiseProduct(of(numbers, row)).colwise().sum();
    });
    means /= static_cast<float>(slopes.rows() * passed.area());
  }
  over_rows(slopes.rows(), [&](Eigen::Index row) {
    Places slope(&slopes(row, 0), passed.area(), passed.channels);
    const auto x = of(numbers, row);
    for (Eigen::Index place = 0; place < slope.rows(); ++place)
      slope.row(place) = (slope.row(place) - means.row(0) - x.row(place).cwiseProduct(means.row(1)))
                             .cwiseProduct(inverse);
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

}  // namespace ff
