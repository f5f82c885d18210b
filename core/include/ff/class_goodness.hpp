#pragma once

#include <span>
#include <string_view>

#include "ff/network.hpp"
#include "ff/pass.hpp"

namespace ff {

/// A goodness for every class, of one look at an image without a label.
/// A new one: a file in src/class_goodness/ and its name in class_goodness.cpp.
struct ClassGoodness {
  std::string_view name, title;

  /// What it is measured of: a layer's activity, or what the layer passes on.
  bool of_units;

  /// goodness [rows x classes]. Null for the learnt projection, a layer's part of the softmax.
  void (*measure)(const Layer& layer, const Activity& activity, Matrix& goodness);

  /// slopes [rows x units or outputs]: the derivative of what `by_goodness` [rows x classes] is the
  /// derivative of.
  void (*derive)(const Layer& layer, const Activity& activity, const Matrix& by_goodness,
                 Eigen::Ref<Matrix> slopes);
};

/// All there are.
std::span<const ClassGoodness* const> class_goodnesses();

const ClassGoodness& class_goodness(std::string_view name);

/// That of layer `index` [rows x classes], the last of a span.
void measure_classes(const Network& network, std::size_t index, const Activity& activity,
                     Pass& pass, Matrix& goodness);

}  // namespace ff
