#include <emscripten/bind.h>

#include "ff/fields.hpp"
#include "ff/presets.hpp"
#include "ff/threads.hpp"
#include "session.hpp"

namespace {

std::string schema() { return ff::config_schema().dump(); }

// Those that the page offers, in its order.
std::string presets() {
  ff::Json list = ff::Json::array();
  for (const ff::Preset& preset : ff::presets()) {
    if (!preset.order) continue;
    list.push_back({{"name", preset.name},
                    {"title", preset.title},
                    {"summary", preset.summary},
                    {"watch", preset.watch},
                    {"group", preset.group},
                    {"published", preset.experiment ? preset.experiment->published : ""},
                    {"config", preset.fields}});
  }
  return list.dump();
}

void set_threads(int count) {
  ff::wasm::guarded([&] { ff::set_thread_count(count); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(ff) {
  using namespace emscripten;  // NOLINT(google-build-using-namespace): embind's own vocabulary
  using namespace ff::wasm;    // NOLINT(google-build-using-namespace)

  register_type<Bytes>("Uint8Array");
  register_type<OptionalBytes>("Uint8Array | null");
  register_type<Floats>("Float32Array");
  register_type<Names>("string[]");
  register_type<LabelledImage>("{ pixels: Uint8Array; label: number; name: string }");
  register_type<ReportValue>(
      "{ step: number; steps: number; epoch: number; epochs: number; images: number;"
      " learningRate: number; activityBytes: number; backpropBytes: number;"
      " layers: { units: number; loss: number; pairError: number; threshold: number | null;"
      " low: number; high: number; positive: Float32Array; negative: Float32Array;"
      " silent: boolean; positiveEntropy: number | null; negativeEntropy: number | null }[] }");
  register_type<EvaluationValue>(
      "{ images: number; errors: number; answers: Uint16Array; labels: Uint16Array; tallies: { "
      "name: string; title: string;"
      " layer: number; probabilities: boolean; errors: number }[] }");
  register_type<OneStepValue>(
      "{ rate: number; layers: { units: number; threshold: number | null; angle: number;"
      " before: { positive: number; negative: number; loss: number };"
      " after: { positive: number; negative: number; loss: number } }[];"
      " moves: { unit: number; input: number; by: number }[] }");
  register_type<HybridsValue>(
      "{ images: Float32Array; masks: Float32Array; hybrids: Float32Array }");
  register_type<SaveKind>("'resumable' | 'whole' | 'half'");
  register_type<PairsValue>("'labels' | 'hybrids' | 'classes' | 'none'");
  register_type<AnswerValue>(
      "{ classes: string[]; label: number; counted: boolean[]; once: boolean; inputs: Float32Array;"
      " scores: { name: string; title: string; layer: number; probabilities: boolean;"
      " values: Float32Array; label: number }[];"
      " doubt: { lead: number; usual: number; score: number; usualScore: number; verdict: 'clear' "
      "| 'perhaps' | 'none';"
      " rival: number } | null }");

  function("schema", &schema);
  function("presets", &presets);
  function("setThreads(count)", &set_threads);

  class_<Session>("Session")
      .constructor()
      .function("loadData(split, images, labels)", &Session::load_data)
      .function("shareData(other)", &Session::share_data)
      .function("loadImages(split, pixels, labels, classes)", &Session::load_images)
      .function("configure(config)", &Session::configure)
      .function("configureFor(config, classes)", &Session::configure_for)
      .function("widen(names, changes)", &Session::widen)
      .function("adjust(changes)", &Session::adjust)
      .function("config", &Session::config)
      .function("classes", &Session::classes)
      .function("pairs", &Session::pairs)
      .function("train(milliseconds)", &Session::train)
      .function("step", &Session::step)
      .function("images", &Session::images)
      .function("report", &Session::report)
      .function("hybrids(count)", &Session::hybrids)
      .function("evaluate(split, first, count, stride)", &Session::evaluate)
      .function("calibrate(first, count)", &Session::calibrate)
      .function("classify(pixels)", &Session::classify)
      .function("oneStep(pixels, label, rival, moves)", &Session::one_step)
      .function("prepareDrawing(pixels, width, height)", &Session::prepare_drawing)
      .function("image(split, index)", &Session::image)
      .function("receptiveFields(count)", &Session::receptive_fields)
      .function("save(kind)", &Session::save)
      .function("load(file)", &Session::load);
}
