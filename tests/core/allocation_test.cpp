// Counts every allocation of the library: the linker sends all calls of malloc and its kin, among
// them operator new, here (-Wl,--wrap).

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <vector>

#include "ff/trainer.hpp"
#include "sample.hpp"

namespace {
std::atomic<std::int64_t> allocations = 0;
}

// The linker says how they must be called.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void* __real_malloc(std::size_t size);
void* __real_realloc(void* memory, std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
int __real_posix_memalign(void** memory, std::size_t alignment, std::size_t size);
void* __real__Znwm(std::size_t size);

void* __wrap_malloc(std::size_t size) {
  ++allocations;
  return __real_malloc(size);
}
void* __wrap_realloc(void* memory, std::size_t size) {
  ++allocations;
  return __real_realloc(memory, size);
}
void* __wrap_calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __real_calloc(count, size);
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __real_aligned_alloc(alignment, size);
}
int __wrap_posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  ++allocations;
  return __real_posix_memalign(memory, alignment, size);
}
void* __wrap__Znwm(std::size_t size) {
  ++allocations;
  return __real__Znwm(size);
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace ff {
namespace {

std::vector<Config> configs() {
  std::vector<Config> all = test::every_path({300, 200, 100});
  for (const char* normalisation : {"length", "batch", "scaled_batch", "group"})
    for (const char* kind : {"projection", "squares", "mean"}) {
      Config& config = all.emplace_back();
      config.rule = "class_goodness";
      config.class_goodness = kind;
      config.normalisation = normalisation;
      if (config.class_goodness != "projection") config.softmax_rate = 0.0;
      config.layers = {test::layer_of("conv 3x3x20 padding 1 mean 2"),
                       test::layer_of("conv 3x3x40 padding 1 groups 10 max 2"), 30};
    }
  for (Config& config : all) {
    config.batch = 50;
    config.epochs = 100;
  }
  return all;
}

void check_allocates_nothing(const Config& config) {
  Trainer trainer(config, test::blobs(200));
  // The reports remember a number of minibatches, each in memory of its own.
  for (int step = 0; step < 30; ++step) trainer.step();
  const std::int64_t before = allocations;
  REQUIRE(before > 0);
  for (int step = 0; step < 20; ++step) trainer.step();
  CHECK(allocations == before);
}

}  // namespace

TEST_CASE("a training step allocates nothing once every kind of step was made") {
  for (const Config& config : configs()) check_allocates_nothing(config);
}

TEST_CASE("nor does one of any learning rule") {
  Config config = configs().front();
  config.rule = GENERATE("forward_forward", "backprop_label", "backprop_pairwise", "naive",
                         "weight_perturbation", "activity_perturbation");
  config.losses = GENERATE(LossesKind::kWhole, LossesKind::kLocal);
  config.directions = 2;
  config.activation = GENERATE("relu", "student_t");
  check_allocates_nothing(config);
}

}  // namespace ff
