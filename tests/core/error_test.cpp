#include "ff/error.hpp"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <new>
#include <vector>

#include "ff/explain.hpp"

namespace ff {
namespace {

const std::string kMemory =
    "There is not enough memory for this; smaller layers or batches need less.";

template <typename Function>
std::string explained(const Function& throws) {
  try {
    throws();
  } catch (const std::exception& error) {
    return explain(error);
  }
  return {};
}

TEST_CASE("any exception becomes a sentence without a name of C++", "[error]") {
  CHECK(explained([] { throw Error("batch: expected more."); }) == "batch: expected more.");
  CHECK(explained([] { throw std::bad_alloc(); }) == kMemory);
  CHECK(explained([] { throw std::bad_array_new_length(); }) == kMemory);
  CHECK(explained([] { std::vector<double>().resize(~std::size_t{0}); }) == kMemory);
  CHECK(explained([] { std::filesystem::rename("/no/such", "/no/other"); }) ==
        "/no/such: no such file or directory.");
  CHECK(explained([] {
          throw std::system_error(std::make_error_code(std::errc::no_space_on_device));
        }) == "The system refuses: no space left on device.");
  CHECK(explained([] { throw std::out_of_range("vector::_M_range_check"); }) ==
        "Something went wrong that this program has no words for, which is a fault of its own.");
}

}  // namespace
}  // namespace ff
