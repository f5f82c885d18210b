#include "ff/direction_map.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "ff/batch.hpp"
#include "ff/inspect.hpp"
#include "ff/pass.hpp"
#include "ff/random.hpp"

namespace ff {
namespace {

constexpr Eigen::Index kAxes = 2;

// [rows x units looked at] of length 1; a silent row stays 0.
Matrix directions_of(const Network& network, std::size_t last, const Batch& batch) {
  Pass pass;
  pass.start(batch);
  pass.label_neutral();
  Activity activity;
  Activity below;
  for (std::size_t layer = 0; layer <= last; ++layer) {
    std::swap(activity, below);
    pass.forward(network, layer, below, activity);
  }
  const auto units = activity.passed();
  Matrix directions(units.rows(), looked_at(units.cols()));
  for (Eigen::Index place = 0; place < directions.cols(); ++place)
    directions.col(place) = units.col(unit_at(place, units.cols()));
  for (Eigen::Index row = 0; row < directions.rows(); ++row) directions.row(row).normalize();
  return directions;
}

}  // namespace

DirectionMap::DirectionMap(const Network& network, std::size_t layer)
    : layer_(layer),
      directions_(0, looked_at(network.layers[layer].outputs())),
      mean_(RowVector::Zero(directions_.cols())),
      axes_(Matrix::Zero(kAxes, directions_.cols())) {}

void DirectionMap::add(const Network& network, const Dataset& data,
                       std::span<const std::uint32_t> indices) {
  Batch batch;
  fill_batch(data, indices, network.format, batch);
  const Matrix more = directions_of(network, layer_, batch);
  directions_.conservativeResize(directions_.rows() + more.rows(), Eigen::NoChange);
  directions_.bottomRows(more.rows()) = more;
}

void DirectionMap::find_axes() {
  constexpr int kIterations = 60;
  mean_ = directions_.colwise().mean();
  directions_.rowwise() -= mean_;
  Random random(0, RandomUse::kDirections, 0);
  for (Eigen::Index axis = 0; axis < kAxes; ++axis) {
    RowVector along(directions_.cols());
    for (float& value : along) value = static_cast<float>(random.normal());
    for (int iteration = 0; iteration < kIterations; ++iteration) {
      RowVector next = RowVector::Zero(along.size());
      for (Eigen::Index image = 0; image < directions_.rows(); ++image)
        next += directions_.row(image).dot(along) * directions_.row(image);
      for (Eigen::Index before = 0; before < axis; ++before)
        next -= next.dot(axes_.row(before)) * axes_.row(before);
      along = next.normalized();
    }
    axes_.row(axis) = along;
  }
}

RowVector DirectionMap::along_axes(const RowVector& direction) const {
  RowVector place(kAxes);
  for (Eigen::Index axis = 0; axis < kAxes; ++axis) place[axis] = direction.dot(axes_.row(axis));
  return place;
}

Matrix DirectionMap::places() const {
  Matrix places(directions_.rows(), kAxes);
  for (Eigen::Index image = 0; image < places.rows(); ++image)
    places.row(image) = along_axes(directions_.row(image));
  return places;
}

OnMap DirectionMap::find(const Network& network, const RowVector& picture,
                         std::size_t neighbours) const {
  Batch batch;
  fill_batch(picture, network.format, batch);
  const RowVector direction = directions_of(network, layer_, batch).row(0);
  // Without their mean all are less alike by the same.
  std::vector<float> alike(static_cast<std::size_t>(directions_.rows()));
  for (std::size_t image = 0; image < alike.size(); ++image)
    alike[image] = directions_.row(static_cast<Eigen::Index>(image)).dot(direction);
  std::vector<std::uint32_t> nearest(alike.size());
  std::iota(nearest.begin(), nearest.end(), 0U);
  const auto end =
      nearest.begin() + static_cast<std::ptrdiff_t>(std::min(neighbours, alike.size()));
  std::partial_sort(nearest.begin(), end, nearest.end(),
                    [&](auto one, auto other) { return alike[one] > alike[other]; });
  nearest.erase(end, nearest.end());
  return {.place = along_axes(direction - mean_), .nearest = nearest};
}

}  // namespace ff
