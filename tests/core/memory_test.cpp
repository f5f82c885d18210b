#include "ff/memory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include "ff/error.hpp"
#include "ff/network.hpp"
#include "sample.hpp"

namespace ff {
namespace {

constexpr Shape kShownImages = {.channels = 1, .height = 28, .width = 28};

std::int64_t bytes_of_weights(const Network& network) {
  std::int64_t count = 0;
  each_parameter([&](const ParameterPlace& place,
                     const Parameter& one) { count += place.is_row() ? 0 : one.size(); },
                 network);
  return count * static_cast<std::int64_t>(sizeof(float));
}

}  // namespace

TEST_CASE("training takes the weights of the net and what the optimiser keeps of each") {
  Config config{.layers = {30, 20, 10}};
  CHECK(training_bytes(config, kShownImages, test::kClasses) ==
        3 * bytes_of_weights(test::network_of(config, 28)));
  config.optimiser = OptimiserKind::kSgd;
  config.softmax_rate = 0.0;
  CHECK(training_bytes(config, kShownImages, test::kClasses) ==
        2 * bytes_of_weights(test::network_of(config, 28)));
}

TEST_CASE("a net that memory cannot hold is refused before it is made, with the sizes") {
  const Config config{.layers = std::vector<LayerSpec>(10, 8192)};
  CHECK_THROWS_MATCHES(
      check_memory(config, kShownImages, test::kClasses, 2'147'483'648), Error,
      Catch::Matchers::Message("layers: to train them takes at least 7334 MB of memory and there "
                               "are 2147 MB; expected fewer or smaller layers."));
  CHECK_NOTHROW(check_memory(config, kShownImages, test::kClasses, 8'000'000'000));
}

}  // namespace ff
