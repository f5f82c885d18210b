#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include "../sample.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"

namespace ff {

TEST_CASE("layers are told by a number or by their fields") {
  for (const char* text :
       {"500", "local 10x10x128 stride 6", "local 3x5x7", "local 4x4x2 padding 3",
        "local 18x18x100 stride 9 padding 4", "conv 5x5x32 stride 2 padding 1", "500 until 3",
        "conv 3x3x9 max 2 until 100000"}) {
    std::size_t mistake = 0;
    const auto layer = layer_from_text(text, mistake);
    REQUIRE(layer);
    CHECK(to_text(*layer) == text);
  }
  Config config;
  set_field_from_text(config, "layers",
                      "local 10x10x128 stride 6, conv 2x2x220 padding 1 groups 4 max 2 , 512");
  CHECK(config.layers ==
        std::vector<LayerSpec>{test::layer_of("local 10x10x128 stride 6"),
                               test::layer_of("conv 2x2x220 padding 1 groups 4 max 2"), 512});
  CHECK(config.layers[1].pooling == "max");
  CHECK(config_from_json(to_json(config)) == config);
}

TEST_CASE("a layer that cannot be read is shown with the place of the mistake") {
  const auto [text, place] = GENERATE(table<std::string, int>({{"local 10y10x128", 9},
                                                               {"local 0x3x4", 7},
                                                               {"local 3x3x9000", 11},
                                                               {"local 3x3x9 stride", 12},
                                                               {"local 3x3x9 padding 3", 21},
                                                               {"conv 3x3x9 mean 1", 17},
                                                               {"conv 3x3x9 max 2 groups 3", 17},
                                                               {"conv 3x3x9 until 0", 18},
                                                               {"50 until", 3},
                                                               {"50 units", 3}}));
  Config config;
  CHECK_THROWS_MATCHES(
      set_field(config, "layers", Json::array({text})), Error,
      Catch::Matchers::Message("layers: expected 1 to 32 layers, each of 1 to 8192 units, or as in "
                               "\"local 10x10x128 stride 6 padding 2\", got \"" +
                               text + "\", wrong from its character " + std::to_string(place) +
                               " on."));
}

}  // namespace ff
