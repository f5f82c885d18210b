#include "interrupt.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <ctime>
#include <string_view>

namespace ff::cli {
namespace {

// npm passes on to its child what the terminal has already sent there: signals this close together
// come from one key press.
constexpr long kSameKeyPressMilliseconds = 500;

constexpr std::string_view kOnTerminal =
    "\r\033[KStopping, a checkpoint will be kept; Ctrl-C again quits at once without it.\n";

volatile std::sig_atomic_t raised = 0;
timespec raised_at{};

long milliseconds_since(const timespec& then) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_sec - then.tv_sec) * 1000 + (now.tv_nsec - then.tv_nsec) / 1'000'000;
}

// A second one that is no key press is none to quit by: a closed terminal may tell twice.
void on_signal(int signal) {
  if (raised != 0 && signal == SIGINT && milliseconds_since(raised_at) > kSameKeyPressMilliseconds)
    _exit(kInterruptedStatus);
  if (raised != 0) return;
  clock_gettime(CLOCK_MONOTONIC, &raised_at);
  raised = 1;
  if (isatty(STDERR_FILENO) == 1) {
    [[maybe_unused]] const auto written =
        write(STDERR_FILENO, kOnTerminal.data(), kOnTerminal.size());
  }
}

}  // namespace

void catch_interrupts() {
  constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : kSignals) sigaddset(&action.sa_mask, signal);
  action.sa_flags = SA_RESTART;
  for (const int signal : kSignals) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);  // nohup ignores SIGHUP
  }
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return raised != 0; }

}  // namespace ff::cli
