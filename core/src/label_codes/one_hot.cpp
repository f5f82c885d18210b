#include "ff/label_code.hpp"

namespace ff {

/// One number a class beside the image, which stays whole.
extern const LabelCode kOneHot = {
    .name = "one_hot",
    .title = "Beside the image",
    .added = [](const Shape&, Eigen::Index classes) { return classes; },
    .write = [](const Shape&,
                Eigen::Ref<Matrix> codes) { codes.rightCols(codes.rows()).setIdentity(); },
    .room = [](const Shape&) { return Eigen::Index{kMostClasses}; },
    .clears = false};

}  // namespace ff
