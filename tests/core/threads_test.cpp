#include "ff/threads.hpp"

#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <chrono>
#include <thread>

#include "ff/error.hpp"
#include "ff/read_out.hpp"
#include "ff/trainer.hpp"
#include "sample.hpp"

namespace ff {
namespace {

// Other tests run on one thread.
class Threads {
 public:
  explicit Threads(int count) { set_thread_count(count); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  ~Threads() { set_thread_count(1); }
};

int most_here() { return available_threads() == 1 ? 1 : 4; }

std::vector<Config> configs() {
  std::vector<Config> all = test::every_path({70, 40, 30});
  all.back().black_box = 1;
  return all;
}

Network trained(const Config& config, int threads) {
  const Threads pool(threads);
  Trainer trainer(config, test::blobs(100));
  for (int step = 0; step < 25; ++step) trainer.step();
  return trainer.network();
}

// Whether both answer alike to the bit.
void check_same(const Scores& a, const Scores& b) { CHECK(a.values == b.values); }

}  // namespace

TEST_CASE("every part of every job is done once, by however many threads") {
  for (int threads = 1; threads <= most_here(); ++threads) {
    const Threads pool(threads);
    CHECK(thread_count() == threads);
    std::array<std::atomic<int>, 50> done{};
    int jobs = 0;
    for (int job = 0; job < 2000; ++job) {
      const int parts = job % 50 + 1;
      jobs += parts;
      parallel_for(parts, [&](std::int64_t part) { ++done.at(static_cast<std::size_t>(part)); });
    }
    int sum = 0;
    for (const auto& count : done) sum += count;
    CHECK(sum == jobs);
    CHECK(done[0] == 2000);
  }
}

TEST_CASE("threads that have gone to sleep wake up for the next job") {
  const Threads pool(most_here());
  for (int job = 0; job < 3; ++job) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::atomic<int> done = 0;
    parallel_for(100, [&](std::int64_t) { ++done; });
    CHECK(done == 100);
  }
}

TEST_CASE("the number of threads is checked") {
  CHECK_THROWS_AS(set_thread_count(0), Error);
  CHECK_THROWS_AS(set_thread_count(kMostThreads + 1), Error);
  CHECK(thread_count() == 1);
}

TEST_CASE("a run gives the same weights, and a net the same answers, on any number of threads") {
  const auto data = test::blobs(30, 99);
  for (const Config& config : configs()) {
    const Network alone = trained(config, 1);
    const Scores expected = test::read_first(alone, *data, 6);
    for (int threads = 2; threads <= most_here(); ++threads) {
      const Network together = trained(config, threads);
      CHECK(test::same_parameters(alone, together));
      const Threads pool(threads);
      check_same(test::read_first(together, *data, 6), expected);
    }
  }
}

}  // namespace ff
