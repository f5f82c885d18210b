#include "ff/class_goodness.hpp"

#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in class_goodness/.
#define FF_CLASS_GOODNESS kProjection, kSquaresOfGroups, kMeanOfGroups
extern const ClassGoodness FF_CLASS_GOODNESS;

std::span<const ClassGoodness* const> class_goodnesses() {
  static constexpr auto kTable = table_of(FF_CLASS_GOODNESS);
  return kTable;
}

const ClassGoodness& class_goodness(std::string_view name) {
  return entry_of(class_goodnesses(), "class_goodness", name);
}

void measure_classes(const Network& network, std::size_t index, const Activity& activity,
                     Pass& pass, Matrix& goodness) {
  goodness.setZero(activity.units().rows(), network.labels());
  const ClassGoodness& kind = class_goodness(network.config.class_goodness);
  if (kind.measure == nullptr)
    pass.add_logits(network.softmax.weights[index], activity, goodness);
  else
    kind.measure(network.layers[index], activity, goodness);
}

}  // namespace ff
