#include "quantities.hpp"

#include <algorithm>
#include <map>

#include "ff/error.hpp"

namespace ff::cli {
namespace {

std::string with_number(std::string_view text, std::size_t number) {
  std::string result(text);
  const std::size_t place = result.find('#');
  if (place != std::string::npos) result.replace(place, 1, std::to_string(number));
  return result;
}

std::vector<Point> points(const RecordedRun& run, const std::string& pointer, double factor) {
  const Json::json_pointer where(pointer);
  std::vector<Point> found;
  for (const Json& epoch : run.epochs)
    if (epoch.contains(where) && epoch.at(where).is_number())
      found.push_back({.x = epoch.at("epoch"), .y = factor * epoch.at(where).get<double>()});
  return found;
}

// Where all runs have a point: a mean of other runs at every epoch would jump.
std::vector<Point> mean(const std::vector<std::vector<Point>>& runs) {
  std::map<double, std::vector<double>> values;
  for (const auto& run : runs)
    for (const Point& point : run) values[point.x].push_back(point.y);
  std::vector<Point> means;
  for (const auto& [x, here] : values) {
    if (here.size() < runs.size()) continue;
    double sum = 0.0;
    for (const double value : here) sum += value;
    means.push_back({.x = x, .y = sum / static_cast<double>(here.size())});
  }
  return means;
}

Curve curve(const Record& record, const Quantity& quantity, const QuantityPart& part,
            std::size_t layer) {
  Curve result{.label = with_number(part.name, layer + 1), .dashed = part.dashed};
  for (const RecordedRun& run : record.runs) {
    auto line = points(run, with_number(part.pointer, layer), quantity.factor);
    if (!line.empty()) result.runs.push_back(std::move(line));
  }
  result.mean = mean(result.runs);
  return result;
}

}  // namespace

std::span<const Quantity> quantities() {
  static const std::vector<Quantity> all = {
      {.name = "error",
       .title = "test error",
       .unit = "%",
       .factor = 100.0,
       .scale = Scale::kRatios,
       .parts = {{"/test_error", ""}}},
      {.name = "validation",
       .title = "error on held-out images",
       .unit = "%",
       .factor = 100.0,
       .scale = Scale::kRatios,
       .parts = {{"/validation_error", ""}}},
      {.name = "softmax",
       .title = "test error of the one-pass softmax",
       .unit = "%",
       .factor = 100.0,
       .scale = Scale::kRatios,
       .parts = {{"/softmax_error", ""}}},
      {.name = "layers",
       .title = "test error of each layer alone",
       .unit = "%",
       .factor = 100.0,
       .scale = Scale::kRatios,
       .parts = {{"/layer_errors/#", "layer #"}}},
      {.name = "contribution",
       .title = "test error of the layers up to each",
       .unit = "%",
       .factor = 100.0,
       .scale = Scale::kRatios,
       .parts = {{"/upto_errors/#", "up to layer #"}}},
      {.name = "loss",
       .title = "loss of each layer",
       .unit = "loss",
       .parts = {{"/layers/#/loss", "layer #"}}},
      {.name = "goodness",
       .title = "mean goodness",
       .unit = "goodness",
       .parts = {{"/layers/#/positive", "layer #, positives"},
                 {"/layers/#/negative", "layer #, negatives", true}}},
      {.name = "entropy",
       .title = "functional entropy",
       .unit = "entropy",
       .parts = {{"/layers/#/entropy_positive", "layer #, positives"},
                 {"/layers/#/entropy_negative", "layer #, negatives", true}}},
  };
  return all;
}

const Quantity& quantity(std::string_view name) {
  std::string names;
  for (const Quantity& quantity : quantities()) {
    if (quantity.name == name) return quantity;
    names.append(names.empty() ? "" : ", ").append(quantity.name);
  }
  throw Error("--what: expected one of " + names + ", got \"" + std::string(name) + "\".");
}

std::vector<Curve> curves(const Record& record, const Quantity& quantity, std::size_t colour) {
  std::vector<Curve> found;
  for (std::size_t layer = 0;; ++layer) {
    bool any = false;
    for (const QuantityPart& part : quantity.parts) {
      const bool layered = part.pointer.find('#') != std::string_view::npos;
      if (layer > 0 && !layered) continue;
      Curve here = curve(record, quantity, part, layer);
      if (here.runs.empty()) continue;
      here.colour = colour + layer;
      found.push_back(std::move(here));
      any = true;
    }
    if (!any) return found;
  }
}

}  // namespace ff::cli
