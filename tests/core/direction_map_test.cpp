#include "ff/direction_map.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "arithmetic/slow_to_compile.hpp"
#include "ff/inspect.hpp"
#include "reference.hpp"
#include "sample.hpp"

namespace ff {
namespace {

using test::Real;

constexpr std::uint32_t kMapped = 50;

// [images x units] of length 1, in double precision.
Real directions_by_reference(const Network& network, const Dataset& data, std::size_t layer) {
  Real directions(kMapped, network.layers[layer].units());
  for (std::uint32_t image = 0; image < kMapped; ++image)
    directions.row(image) =
        view_layers(network, picture_from(data.image(image)), std::vector<int>{kNeutral})[layer]
            .activity.row(0)
            .cast<double>()
            .normalized();
  return directions;
}

// [images x 2] by a full decomposition.
Real places_by_reference(Real directions) {
  directions.rowwise() -= directions.colwise().mean().eval();
  return test::product(directions, test::principal_axes(directions));
}

DirectionMap map_of(const Network& network, const Dataset& data, std::size_t layer) {
  DirectionMap map(network, layer);
  std::vector<std::uint32_t> indices;
  for (std::uint32_t image = 0; image < kMapped; ++image) {
    indices.push_back(image);
    if (indices.size() < 20 && image + 1 < kMapped) continue;
    map.add(network, data, indices);
    indices.clear();
  }
  map.find_axes();
  return map;
}

}  // namespace

TEST_CASE("the map's axes are the two principal ones of the directions") {
  const auto data = test::blobs(kMapped);
  const Network network = test::network_of(test::small_config(), 8);
  const auto layer = GENERATE(std::size_t{0}, std::size_t{1});
  const DirectionMap map = map_of(network, *data, layer);
  const Matrix places = map.places();
  const Real expected = places_by_reference(directions_by_reference(network, *data, layer));
  for (const Eigen::Index axis : {0, 1}) {  // either end may be called positive
    const double sign = places.col(axis).cast<double>().dot(expected.col(axis)) < 0.0 ? -1.0 : 1.0;
    CHECK(test::difference(places.col(axis), sign * expected.col(axis)) < 1e-2);
  }
  for (const std::uint32_t image : {0U, 7U})
    CHECK(map.find(network, picture_from(data->image(image)), 1)
              .place.isApprox(places.row(image), 1e-4F));
}

TEST_CASE("the nearest images on the map point the whole layer most nearly the same way") {
  const auto data = test::blobs(kMapped);
  const Network network = test::network_of(test::small_config(), 8);
  const auto layer = GENERATE(std::size_t{0}, std::size_t{1});
  const DirectionMap map = map_of(network, *data, layer);
  const Real directions = directions_by_reference(network, *data, layer);
  for (const std::uint32_t image : {0U, 7U, 31U}) {
    const auto [place, nearest] = map.find(network, picture_from(data->image(image)), 5);
    REQUIRE(nearest.size() == 5);
    CHECK(nearest.front() == image);
    const Eigen::VectorXd cosines = test::product(directions, directions.row(image).transpose());
    std::vector<double> expected(cosines.begin(), cosines.end());
    std::ranges::sort(expected, std::greater{});
    for (std::size_t rank = 0; rank < nearest.size(); ++rank)
      CHECK(std::abs(cosines[nearest[rank]] - expected[rank]) < 1e-5);
  }
  CHECK(map.find(network, picture_from(data->image(0)), 1000).nearest.size() == kMapped);
}

}  // namespace ff
