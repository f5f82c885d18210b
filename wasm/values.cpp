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
  value.set("silent", layer.silent);
  value.set("positiveEntropy", or_null(layer.positive_entropy));
  value.set("negativeEntropy", or_null(layer.negative_entropy));
  return value;
}

template <class Array, class Number>
Array copied(const char* constructor, std::span<const Number> values) {
  const val view(emscripten::typed_memory_view(values.size(), values.data()));
  return Array(val::global(constructor).new_(view));
}

val to_value(const PairGoodness& pair) {
  val value = val::object();
  value.set("positive", pair.positive);
  value.set("negative", pair.negative);
  value.set("loss", pair.loss);
  return value;
}

val to_value(const LayerStep& layer) {
  val value = val::object();
  value.set("units", number(layer.units));
  value.set("threshold", or_null(layer.threshold));
  value.set("angle", layer.angle);
  value.set("before", to_value(layer.before));
  value.set("after", to_value(layer.after));
  return value;
}

val to_value(const WeightMove& move) {
  val value = val::object();
  value.set("unit", number(move.unit));
  value.set("input", number(move.input));
  value.set("by", move.by);
  return value;
}

template <class Part>
val list(const std::vector<Part>& parts) {
  val values = val::array();
  for (const Part& part : parts) values.call<void>("push", to_value(part));
  return values;
}

val to_value(const ScoreName& score) {
  val value = val::object();
  value.set("name", std::string(score.name));
  value.set("title", score.title);
  value.set("layer", score.layer);
  value.set("probabilities", score.probabilities);
  return value;
}

val to_value(const std::optional<Doubt>& doubt) {
  if (!doubt) return val::null();
  val value = val::object();
  value.set("lead", doubt->lead);
  value.set("usual", doubt->usual);
  value.set("score", doubt->score);
  value.set("usualScore", doubt->usual_score);
  value.set("verdict", std::string(name_of(doubt->verdict)));
  value.set("rival", doubt->rival);
  return value;
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
  value.set("layers", list(report.layers));
  return ReportValue(value);
}

EvaluationValue to_value(const Evaluation& evaluation) {
  val tallies = val::array();
  for (const auto& [score, errors] : evaluation.tallies) {
    val tally = to_value(score);
    tally.set("errors", number(errors));
    tallies.call<void>("push", tally);
  }
  val value = val::object();
  value.set("images", number(evaluation.images));
  value.set("errors", number(evaluation.errors()));
  value.set("tallies", tallies);
  value.set("answers", copied<val>("Uint16Array", std::span(evaluation.answers)));
  value.set("labels", copied<val>("Uint16Array", std::span(evaluation.labels)));
  return EvaluationValue(value);
}

OneStepValue to_value(const OneStep& step) {
  val value = val::object();
  value.set("rate", step.rate);
  value.set("layers", list(step.layers));
  value.set("moves", list(step.moves));
  return OneStepValue(value);
}

AnswerValue to_value(const Scores& out, const Network& network, const Matrix& inputs) {
  val scores = val::array();
  for (std::size_t which = 0; which < out.names.size(); ++which) {
    const Matrix& values = out.values[which];
    val score = to_value(out.names[which]);
    score.set("values", floats({values.data(), static_cast<std::size_t>(values.size())}));
    score.set("label", best_class(values));
    scores.call<void>("push", score);
  }
  val counted = val::array();
  for (const ScoreName& name : out.names)
    if (name.name == "layer")
      counted.call<void>("push", network.counted(static_cast<std::size_t>(name.layer)));
  val value = val::object();
  value.set("label", best_class(out.answer()));
  value.set("classes", val::array(network.classes));
  value.set("counted", counted);
  value.set("once", !reads_goodness(network.config));
  value.set("scores", scores);
  value.set("doubt", to_value(doubt(network, out)));
  value.set("inputs", floats({inputs.data(), static_cast<std::size_t>(inputs.size())}));
  return AnswerValue(value);
}

}  // namespace ff::wasm
