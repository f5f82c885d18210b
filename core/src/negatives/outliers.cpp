#include "ff/batch.hpp"
#include "ff/negatives.hpp"
#include "ff/threads.hpp"
#include "negatives/pen.hpp"

namespace ff {
namespace {

// A part of one image, and elsewhere a part of another one that was turned or mirrored.
void join_parts(const Shape& shape, const Batch& batch, Random& random, Eigen::Index of,
                Eigen::Index with, Eigen::Ref<RowVector> picture) {
  const int channels = shape.channels;
  const int height = shape.height;
  const int width = shape.width;
  const int area = shape.area();
  draw_mask(width, height, random, picture.head(area));
  const auto turn = random.below(3);
  const auto turned = [&](int place) {
    const int x = place % width;
    const int y = place / width;
    return (turn == 0 ? y : height - 1 - y) * width + (turn == 1 ? x : width - 1 - x);
  };
  // The mask is in the first channel, which therefore comes last.
  for (int plane = (channels - 1) * area; plane >= 0; plane -= area)
    for (int place = 0; place < area; ++place)
      picture[plane + place] = picture[place] > 0.0F ? batch.rows(of, plane + place)
                                                     : batch.rows(with, plane + turned(place));
}

void mirror(const Shape& shape, const Batch& batch, Eigen::Index of,
            Eigen::Ref<RowVector> picture) {
  for (int line = 0; line < shape.channels * shape.height; ++line)
    picture.segment(line * shape.width, shape.width) =
        batch.rows.row(of).segment(line * shape.width, shape.width).reverse();
}

}  // namespace

void add_outliers(const Dataset& data, Random& random, Batch& batch) {
  const auto images = static_cast<std::uint32_t>(batch.images());
  const Eigen::Index count = batch.square_sum.size() - batch.images();
  const auto seed = static_cast<std::int64_t>(random.below(~std::uint32_t{0}));
  parallel_for(count, [&](std::int64_t place) {
    Random own(seed, RandomUse::kMasks, static_cast<std::uint64_t>(place));
    auto picture = batch.rows.row(images + place).head(data.shape.size());
    const auto any = static_cast<Eigen::Index>(own.below(images));
    switch (own.below(6)) {
      case 0:
        mirror(data.shape, batch, any, picture);
        break;
      case 1:
        join_parts(data.shape, batch, own, any, static_cast<Eigen::Index>(own.below(images)),
                   picture);
        break;
      default:
        draw_lines(data.shape, own, picture);
    }
  });
}

}  // namespace ff
