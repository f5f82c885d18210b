#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <random>

#include "../../fuzz/targets.hpp"
#include "../bytes.hpp"
#include "ff/files.hpp"

using namespace ff;
using namespace ff::test;

namespace {

const std::filesystem::path kCorpus = "tests/fuzz/corpus";  // CTest runs tests at the top level

/// Flips bits, sets bytes, cuts, and repeats, a few times over.
Bytes mutated(Bytes bytes, std::mt19937& random) {
  for (unsigned changes = 1 + random() % 4; changes > 0 && !bytes.empty(); --changes) {
    const std::size_t at = random() % bytes.size();
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random() % 4) {
      case 0:
        bytes[at] ^= static_cast<std::uint8_t>(1u << random() % 8);
        break;
      case 1:
        bytes[at] = static_cast<std::uint8_t>(random());
        break;
      case 2:
        bytes.resize(at);
        break;
      default:
        bytes.insert(place, bytes.front());
    }
  }
  return bytes;
}

}  // namespace

TEST_CASE("what the fuzzers start from, and what is near it, is taken or refused", "[fuzz]") {
  for (const fuzz::Target& target : fuzz::kTargets) {
    std::mt19937 random(1);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kCorpus / target.name)) {
      ++files;
      const Bytes seed = read_file(entry.path());
      fuzz::run(target.run, seed);  // a fault ends the program
      for (int i = 0; i < 40; ++i) fuzz::run(target.run, mutated(seed, random));
    }
    INFO(target.name);
    CHECK(files > 0);
  }
}
