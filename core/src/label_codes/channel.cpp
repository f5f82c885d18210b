#include <algorithm>
#include <cmath>

#include "ff/label_code.hpp"

namespace ff {
namespace {

// A tile a class, as square as they go, row by row.
void light_tiles(const Shape& shape, Eigen::Ref<Matrix> codes) {
  const auto across = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(codes.rows()))));
  const int down = (static_cast<int>(codes.rows()) + across - 1) / across;
  auto plane = codes.rightCols(shape.area());
  for (int pixel = 0; pixel < shape.area(); ++pixel) {
    const int row = pixel / shape.width * down / shape.height;
    const int label = row * across + pixel % shape.width * across / shape.width;
    if (label < codes.rows()) plane(label, pixel) = 1.0F;
  }
  codes.rowwise().normalize();
}

}  // namespace

/// A plane beside the image's, cut into tiles, of which the label's is lit.
extern const LabelCode kChannel = {
    .name = "channel",
    .title = "A channel of its own",
    .added = [](const Shape& shape, Eigen::Index) -> Eigen::Index { return shape.area(); },
    .write = light_tiles,
    .room = [](const Shape& shape) -> Eigen::Index {
      const int side = std::min(shape.height, shape.width);
      return side * side;
    },
    .clears = false};

}  // namespace ff
