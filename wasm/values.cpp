#include "values.hpp"

namespace ff::wasm {
namespace {

using emscripten::val;

// A 64-bit count becomes a JavaScript number; runs stay far below 2^53.
double number(std::int64_t count) { return static_cast<double>(count); }

val or_null(const std::optional<double>& number) { return number ? val(*number) : val::null(); }

val to_value(const LayerReport& layer) {
  val value = val::object();
  value.set("units", layer.units);
  value.set("loss", layer.loss);
  value.set("pairError", layer.pair_error);
  value.set("threshold", or_null(layer.threshold));
  value.set("low", layer.goodness.low);
  value.set("high", layer.goodness.high);
  value.set("positive", floats(layer.goodness.positive));
  value.set("negative", floats(layer.goodness.negative));
  value.set("positiveEntropy", or_null(layer.positive_entropy));
  value.set("negativeEntropy", or_null(layer.negative_entropy));
  return value;
}

template <class Array, class Number>
Array copied(const char* constructor, std::span<const Number> values) {
  const val view(emscripten::typed_memory_view(values.size(), values.data()));
  return Array(val::global(constructor).new_(view));
}

val numbers(const std::vector<std::int64_t>& values) {
  val result = val::array();
  for (const std::int64_t value : values) result.call<void>("push", number(value));
  return result;
}

int best(const Matrix& scores) {
  Eigen::Index index = 0;
  scores.row(0).maxCoeff(&index);
  return static_cast<int>(index);
}

}  // namespace

Bytes bytes(std::span<const std::uint8_t> values) { return copied<Bytes>("Uint8Array", values); }

Floats floats(std::span<const float> values) { return copied<Floats>("Float32Array", values); }

ReportValue to_value(const Report& report) {
  val value = val::object();
  value.set("step", number(report.step));
  value.set("steps", number(report.steps));
  value.set("epoch", report.epoch);
  value.set("epochs", report.epochs);
  value.set("images", number(report.images));
  value.set("learningRate", report.learning_rate);
  value.set("activityBytes", number(report.activity_bytes));
  value.set("backpropBytes", number(report.backprop_bytes));
  val layers = val::array();
  for (const LayerReport& layer : report.layers) layers.call<void>("push", to_value(layer));
  value.set("layers", layers);
  return ReportValue(value);
}

EvaluationValue to_value(const Evaluation& evaluation) {
  val value = val::object();
  value.set("images", number(evaluation.images));
  value.set("errors", number(evaluation.errors));
  value.set("softmaxErrors", number(evaluation.softmax_errors));
  value.set("layerErrors", numbers(evaluation.layer_errors));
  value.set("uptoErrors", numbers(evaluation.upto_errors));
  return EvaluationValue(value);
}

AnswerValue to_value(const ReadOut& out, const Network& network) {
  const auto layers = static_cast<Eigen::Index>(out.goodness.size());
  Matrix goodness(network.labels(), layers);
  val counted = val::array();
  for (Eigen::Index layer = 0; layer < layers; ++layer) {
    const auto index = static_cast<std::size_t>(layer);
    goodness.col(layer) = out.goodness[index].row(0).transpose();
    counted.call<void>("push", network.counted(index));
  }
  const auto size = [](const Matrix& matrix) { return static_cast<std::size_t>(matrix.size()); };
  val value = val::object();
  value.set("classes", val::array(network.classes));
  value.set("label", best(out.total));
  value.set("goodness", floats({goodness.data(), size(goodness)}));
  value.set("layers", static_cast<int>(layers));
  value.set("counted", counted);
  value.set("softmax", floats({out.softmax.data(), size(out.softmax)}));
  value.set("softmaxLabel", network.has_softmax() ? best(out.softmax) : -1);
  return AnswerValue(value);
}

}  // namespace ff::wasm
