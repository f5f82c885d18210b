#include "ff/class_goodness.hpp"

namespace ff {

/// What a layer's own part of the softmax makes of what it passes on (Mono-Forward, Gong et al.
/// 2025).
extern const ClassGoodness kProjection = {.name = "projection",
                                          .title = "Learnt projection",
                                          .of_units = false,
                                          .measure = nullptr,
                                          .derive = nullptr};

}  // namespace ff
