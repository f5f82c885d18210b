#include "ff/threads.hpp"

#include "command.hpp"

namespace ff::cli {

void add_threads_option(CLI::App& command, int& threads) {
  threads = available_threads();
  command
      .add_option("--threads", threads,
                  "How many threads to compute with, the result is the same for any (default: as "
                  "many as this machine runs at once)")
      ->check(CLI::Range(1, kMostThreads))
      ->type_name("N");
}

}  // namespace ff::cli
