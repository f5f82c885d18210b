#include "bench.hpp"

#include <exception>

#include "ff/error.hpp"
#include "ff/threads.hpp"
#include "kernel.hpp"
#include "kernels.hpp"
#include "peak.hpp"
#include "request.hpp"

namespace ff::bench {
namespace {

Json machine() {
  return {{"widths", vector_widths()},
          {"kernels", kernels::chosen().name},
          {"threads", available_threads()}};
}

}  // namespace

Json Bench::measure(const Json& request) {
  const std::string what =
      one_of(request, "measure", {"machine", "peak", "kernel", "train", "race"});
  if (what == "machine") return machine();
  if (what == "peak") return measure_peak(request);
  if (what == "kernel") return measure_kernel(request);
  if (what == "train") return training_.measure(request);
  return race(request, images_);
}

std::string Bench::answer(const std::string& request) {
  try {
    const Json parsed = Json::parse(request, nullptr, false);
    if (!parsed.is_object()) throw Error("request: expected a JSON object.");
    return measure(parsed).dump();
  } catch (const std::exception& error) {
    return Json{{"error", error.what()}}.dump();
  }
}

}  // namespace ff::bench
