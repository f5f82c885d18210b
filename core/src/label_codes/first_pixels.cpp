#include "ff/label_code.hpp"

namespace ff {

/// One pixel a class, the first of the image (in colour, of its red), which are given over to the
/// label (Hinton 2022, section 3.3).
extern const LabelCode kFirstPixels = {
    .name = "first_pixels",
    .title = "First pixels",
    .added = [](const Shape&, Eigen::Index) -> Eigen::Index { return 0; },
    .write = [](const Shape&,
                Eigen::Ref<Matrix> codes) { codes.leftCols(codes.rows()).setIdentity(); },
    .room = [](const Shape& shape) -> Eigen::Index { return shape.area(); },
    .clears = true};

}  // namespace ff
