#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chart.hpp"
#include "record.hpp"

namespace ff::cli {

/// A number that records hold an epoch, or an epoch and layer.
struct QuantityPart {
  std::string_view pointer;  ///< into an epoch of a record; # stands for a layer, from 0
  std::string_view name;     ///< # stands for that layer, from 1; "" needs none
  bool dashed = false;
};

/// What can be plotted.
struct Quantity {
  std::string_view name, title, unit;
  double factor = 1.0;
  Scale scale = Scale::kSteps;
  std::vector<QuantityPart> parts{};
};

std::span<const Quantity> quantities();

/// The quantity of that name. Throws Error that lists the names when there is none.
const Quantity& quantity(std::string_view name);

/// A curve for each part and layer of which the record holds something; colours count from
/// `colour`, one a layer.
std::vector<Curve> curves(const Record& record, const Quantity& quantity, std::size_t colour);

}  // namespace ff::cli
