#include <algorithm>
#include <vector>

#include "ff/batch.hpp"
#include "ff/negatives.hpp"
#include "ff/threads.hpp"

namespace ff {
namespace {

// Blobs as large as a stroke and its surroundings.
constexpr int kBlurs = 6;

// [1/4, 1/2, 1/4] along a line of `count` numbers `step` apart; beyond its ends it goes on as
// there.
void blur_line(float* at, int count, int step) {
  float before = *at;
  for (int i = 0; i < count; ++i, at += step) {
    const float here = *at;
    const float after = i + 1 < count ? at[step] : here;
    *at = 0.25F * before + 0.5F * here + 0.25F * after;
    before = here;
  }
}

// mask * image + (1 - mask) * another image of the batch. Shapes that are near are those of digits,
// shapes that are far are not.
void add_hybrids(const Dataset& data, Random& random, Batch& batch);

}  // namespace

/// Parts of two images, and no labels anywhere (Hinton 2022, section 3.2).
extern const Negatives kHybrid = {.name = "hybrid",
                                  .title = "Hybrid images, no labels",
                                  .add_labels = nullptr,
                                  .add_pictures = add_hybrids,
                                  .by_softmax = true};

void draw_mask(int width, int height, Random& random, Eigen::Ref<RowVector> mask) {
  for (float& bit : mask) bit = static_cast<float>(random.below(2));
  for (int blur = 0; blur < kBlurs; ++blur) {
    for (int y = 0; y < height; ++y) blur_line(&mask[y * width], width, 1);
    for (int x = 0; x < width; ++x) blur_line(&mask[x], height, width);
  }
  for (float& value : mask) value = value > 0.5F ? 1.0F : 0.0F;
}

namespace {

void add_hybrids(const Dataset& data, Random& random, Batch& batch) {
  const Eigen::Index images = batch.images();
  batch.masks.resize(images, data.shape.area());
  const Eigen::Index area = batch.masks.cols();
  const auto others = static_cast<std::uint32_t>(images - 1);
  const std::uint64_t seed = random.below(~std::uint32_t{0});
  const auto first = others == 0 ? 0 : random.below(others);
  parallel_for(images, [&](std::int64_t row) {
    Random own(static_cast<std::int64_t>(seed), RandomUse::kMasks, static_cast<std::uint64_t>(row));
    draw_mask(data.shape.width, data.shape.height, own, batch.masks.row(row));
    const Eigen::Index other = others == 0 ? row : (row + 1 + first) % images;
    const auto mask = batch.masks.row(row).array();
    auto hybrid = batch.rows.row(images + row).array();
    for (Eigen::Index plane = 0; plane < batch.rows.cols(); plane += area)
      hybrid.segment(plane, area) =
          mask * batch.rows.row(row).segment(plane, area).array() +
          (1.0F - mask) * batch.rows.row(other).segment(plane, area).array();
  });
}

}  // namespace

}  // namespace ff
