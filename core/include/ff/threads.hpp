#pragma once

#include <cstdint>
#include <type_traits>

namespace ff {

/// How many threads this machine runs at once; 1 where a WebAssembly module has no threads.
int available_threads();

/// How many threads share the work of one call, the caller's own included; 1 at first.
int thread_count();

/// Throws Error below 1 or above kMostThreads, or when so many cannot be started; then there is
/// one. Results are the same for any count. Not while another call into the library runs.
void set_thread_count(int count);

inline constexpr int kMostThreads = 64;

/// Part `index` of some work.
struct Work {
  void (*part)(const void* work, std::int64_t index);
  const void* work;
};

/// Calls part(0) … part(count - 1), each once, in any order and on any thread; returns when all are
/// done. A part neither throws nor calls this again.
void run_parts(std::int64_t count, const Work& work);

/// The same with a callable: part(std::int64_t index).
template <class Part>
void parallel_for(std::int64_t count, const Part& part) {
  run_parts(count, {.part = [](const void* work,
                               std::int64_t index) { (*static_cast<const Part*>(work))(index); },
                    .work = &part});
}

}  // namespace ff
