#include "backprop.hpp"

namespace ff {

void Backprop::learn(const Minibatch& minibatch) {
  net_.forward(minibatch);
  measure_loss(minibatch);
  descent_.outputs.resize(minibatch.pass.rows(), minibatch.network.layers.back().outputs());
  descent_.outputs.matrix().setZero();
  for (std::size_t index = minibatch.network.layers.size(); index-- > 0;) {
    add_by_outputs(minibatch, index, descent_.outputs);
    descent_.to_units(minibatch, index, net_.layers[index]);
    add_by_units(minibatch, index, descent_.units);
    descent_.learn(minibatch, index, net_.below(index), net_.layers[index], index > 0);
  }
}

}  // namespace ff
