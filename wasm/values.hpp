#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <span>
#include <vector>

#include "ff/doubt.hpp"
#include "ff/error.hpp"
#include "ff/explain.hpp"
#include "ff/one_step.hpp"
#include "ff/read_out.hpp"
#include "ff/report.hpp"

namespace ff::wasm {

// TypeScript types of the plain values that cross the boundary; registered in bindings.cpp.
EMSCRIPTEN_DECLARE_VAL_TYPE(Bytes);
EMSCRIPTEN_DECLARE_VAL_TYPE(OptionalBytes);
EMSCRIPTEN_DECLARE_VAL_TYPE(Floats);
EMSCRIPTEN_DECLARE_VAL_TYPE(Names);
EMSCRIPTEN_DECLARE_VAL_TYPE(ReportValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(EvaluationValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(AnswerValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(LabelledImage);
EMSCRIPTEN_DECLARE_VAL_TYPE(OneStepValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(HybridsValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(PairsValue);
EMSCRIPTEN_DECLARE_VAL_TYPE(SaveKind);

/// Copies out of the heap, because the heap may move when it grows.
Bytes bytes(std::span<const std::uint8_t> values);
Floats floats(std::span<const float> values);

ReportValue to_value(const Report& report);
EvaluationValue to_value(const Evaluation& evaluation);
OneStepValue to_value(const OneStep& step);
/// Of one image; `inputs` [classes x pixels]: what layer 1 sees of it with each label.
AnswerValue to_value(const Scores& out, const Network& network, const Matrix& inputs);

/// Runs `work`; what it throws reaches JavaScript as an Error whose message is a sentence.
template <class Work>
auto guarded(Work work) {
  try {
    return work();
  } catch (const std::exception& error) {
    emscripten::val::global("Error").new_(explain(error)).throw_();
  }
}

}  // namespace ff::wasm
