#include "race.hpp"

#include "clock.hpp"
#include "ff/error.hpp"
#include "ff/fields.hpp"
#include "ff/read_out.hpp"
#include "ff/threads.hpp"
#include "ff/trainer.hpp"
#include "request.hpp"

namespace ff::bench {

Json race(const Json& request, const Images& images) {
  if (!request.contains("config")) throw Error("config: expected a run's settings, got nothing.");
  const Config config = config_from_json(request["config"]);
  const int threads = whole_number(request, "threads", 1, kMostThreads);
  const auto learnt = images(Split::kTrain);
  const auto judged = images(Split::kTest);
  set_thread_count(threads);
  const cli::Stopwatch time;
  Trainer run(config, learnt);
  while (!run.finished()) run.step();
  const double seconds = time.seconds();
  const Evaluation found = evaluate(run.network(), *judged, 0, judged->count());
  return {{"seconds", seconds}, {"test_error", found.error()}};
}

}  // namespace ff::bench
