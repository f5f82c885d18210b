#include "ff/damage.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <cmath>
#include <vector>

#include "ff/error.hpp"
#include "ff/inspect.hpp"
#include "ff/read_out.hpp"
#include "sample.hpp"

namespace ff {
namespace {

const std::shared_ptr<const Dataset> kBroken = test::blobs(20);

Matrix broken_goodness(const Network& network) {
  return test::read_first(network, *kBroken, 20).answer();
}

// Which units an image lights, with all units of layer 1 or some.
std::vector<bool> lit_units(const Network& network) {
  const RowVector activity =
      view_layers(network, RowVector::Constant(64, 0.5F), std::vector<int>{1})[0].activity.row(0);
  std::vector<bool> all;
  for (const float active : activity) all.push_back(active > 0.0F);
  return all;
}

}  // namespace

TEST_CASE("without damage a net reads as it did") {
  const Network network = test::network_of(test::small_config(), 8);
  CHECK(broken_goodness(damaged(network, {})) == broken_goodness(network));
}

TEST_CASE("units that are off stay off as more go, and the net itself keeps all") {
  const Network network = test::network_of(test::small_config(), 8);
  const Network before = test::network_of(test::small_config(), 8);
  std::vector<bool> more = lit_units(network);
  for (const double share : {0.25, 0.5, 0.75, 1.0}) {
    const std::vector<bool> fewer = lit_units(damaged(network, {.units_off = share}));
    for (std::size_t unit = 0; unit < fewer.size(); ++unit) CHECK((more[unit] || !fewer[unit]));
    CHECK(fewer != more);
    more = fewer;
  }
  CHECK(broken_goodness(damaged(network, {.units_off = 1.0})).isZero(0.0F));
  CHECK(test::same_parameters(network, before));
}

TEST_CASE("a channel that is off is off at all its places") {
  Config config = test::small_config();
  config.layers = {test::layer_of("conv 3x3x4"), 8};
  const Network network = test::network_of(config, 8);
  const Network half = damaged(network, {.units_off = 0.5});
  int silent = 0;
  for (Eigen::Index channel = 0; channel < 4; ++channel)
    silent += half.layers[0].weights.matrix().col(channel).isZero(0.0F) ? 1 : 0;
  CHECK(silent == 2);
}

TEST_CASE("a black box is put between two layers as if the net had one") {
  const Network network = test::network_of(test::small_config(), 8);
  Network boxed = network;
  boxed.config.black_box = 1;
  CHECK(broken_goodness(damaged(network, {.black_box = 1})) == broken_goodness(boxed));
  CHECK(broken_goodness(boxed) != broken_goodness(network));
  CHECK_THROWS_MATCHES(damaged(network, {.black_box = 2}), Error,
                       Catch::Matchers::Message("black_box: expected a layer before the last, at "
                                                "most 1, got 2."));
}

TEST_CASE("noise has its deviation, stays a picture, and comes again with its seed") {
  const std::vector<std::uint8_t> grey(10'000, 128);
  const auto noisy = [&](double deviation, std::int64_t seed, std::uint64_t image) {
    std::vector<std::uint8_t> pixels = grey;
    add_noise(deviation, seed, image, pixels);
    return pixels;
  };
  CHECK(noisy(0.0, 1, 0) == grey);
  CHECK(noisy(0.1, 1, 0) == noisy(0.1, 1, 0));
  CHECK(noisy(0.1, 1, 0) != noisy(0.1, 1, 1));
  CHECK(noisy(0.1, 1, 0) != noisy(0.1, 2, 0));
  double square = 0.0;
  for (const std::uint8_t pixel : noisy(0.1, 1, 0)) square += (pixel - 128.0) * (pixel - 128.0);
  CHECK(std::abs(std::sqrt(square / 10'000.0) / 255.0 - 0.1) < 0.003);
  const std::vector<std::uint8_t> drowned = noisy(50.0, 1, 0);  // nearly all of it out of range
  CHECK(std::ranges::count(drowned, 0) > 4'800);
  CHECK(std::ranges::count(drowned, 255) > 4'800);
}

}  // namespace ff
