#include "ff/unit_index.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

#include "ff/inspect.hpp"
#include "sample.hpp"

namespace ff {
namespace {

constexpr std::uint32_t kIndexed = 60;

struct IndexedNet {
  std::shared_ptr<const Dataset> data = test::blobs(kIndexed);
  Network network = test::network_of(test::small_config(), 8);
};

std::vector<std::uint32_t> images_from(std::uint32_t first, std::uint32_t last) {
  std::vector<std::uint32_t> indices;
  for (std::uint32_t index = first; index < last; ++index) indices.push_back(index);
  return indices;
}

// [images] activity of a unit when each is shown with its true label, one by one.
std::vector<float> activity_of_unit(const IndexedNet& sample, std::size_t layer,
                                    Eigen::Index unit) {
  std::vector<float> all;
  for (std::uint32_t image = 0; image < kIndexed; ++image)
    all.push_back(view_layers(sample.network, picture_from(sample.data->image(image)),
                              std::vector<int>{sample.data->labels[image]})[layer]
                      .activity(0, unit));
  return all;
}

}  // namespace

TEST_CASE("the index knows the images that light a unit most, and its mean for each class") {
  const IndexedNet sample;
  UnitIndex index(sample.network);
  index.add(sample.network, *sample.data, images_from(0, 25));
  index.add(sample.network, *sample.data, images_from(25, kIndexed));
  CHECK(index.images() == kIndexed);
  for (const std::size_t layer : {std::size_t{0}, std::size_t{1}})
    for (Eigen::Index unit = 0; unit < sample.network.layers[layer].units(); unit += 5) {
      std::vector<float> brightest = activity_of_unit(sample, layer, unit);
      RowVector means = RowVector::Zero(test::kClasses);
      for (std::uint32_t image = 0; image < kIndexed; ++image)
        means[sample.data->labels[image]] += brightest[image] / (kIndexed / 10.0F);
      CHECK(index.means(layer, unit).isApprox(means, 1e-4F));

      const auto best = index.best(layer, unit);
      for (const auto& [image, activity] : best) {
        CHECK(std::abs(brightest[image] - activity) < 1e-4F);
        CHECK(activity > 0.0F);
      }
      std::ranges::sort(brightest, std::greater{});
      const auto lit = std::ranges::count_if(brightest, [](float value) { return value > 0.0F; });
      REQUIRE(best.size() == std::min(UnitIndex::kBest, static_cast<std::size_t>(lit)));
      for (std::size_t place = 0; place < best.size(); ++place)
        CHECK(std::abs(best[place].activity - brightest[place]) < 1e-4F);
    }
}

TEST_CASE("a unit that nothing lights has no images") {
  IndexedNet sample;
  Layer& first = sample.network.layers[0];
  for (Eigen::Index row = 0; row < first.weights.rows(); ++row) first.weights(row, 3) = 0.0F;
  UnitIndex index(sample.network);
  index.add(sample.network, *sample.data, images_from(0, kIndexed));
  CHECK(index.best(0, 3).empty());
  CHECK(index.means(0, 3).isZero(0.0F));
}

}  // namespace ff
