#include "progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "text.hpp"

namespace ff::cli {
namespace {

constexpr double kSecondsBetweenBars = 0.1;
constexpr double kSecondsBetweenLines = 30.0;
constexpr std::size_t kShortestBar = 8;
constexpr std::size_t kLongestBar = 40;

std::size_t terminal_width() {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kUsual;
}

std::string bar(double share, std::size_t width) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(width));
  return std::string("[").append(left(std::string(full, '='), width)).append("]");
}

// The bar takes what room the texts leave it; a line that wraps, be it by the ^C that a terminal
// adds, could not be redrawn.
std::string line(double share, const std::string& before, const std::string& after) {
  constexpr std::size_t kSpacesAndBrackets = 5;
  constexpr std::size_t kControlC = 2;
  const std::size_t room = std::max<std::size_t>(terminal_width(), 1 + kControlC) - 1 - kControlC;
  const std::size_t texts = before.size() + after.size() + kSpacesAndBrackets;
  std::string result = before + "  ";
  if (texts + kShortestBar <= room) result += bar(share, std::min(kLongestBar, room - texts)) + " ";
  result += after;
  return result.substr(0, room);
}

}  // namespace

Progress::Progress(Elsewhere elsewhere)
    : terminal_(isatty(STDERR_FILENO) == 1),
      silent_(!terminal_ && elsewhere == Elsewhere::kSilent) {}

bool Progress::due() const {
  if (silent_) return false;
  if (terminal_ && !drawn_) return true;
  return clock_.seconds() - shown_at_ >= (terminal_ ? kSecondsBetweenBars : kSecondsBetweenLines);
}

void Progress::show(double share, const std::string& before, const std::string& after) {
  if (!due()) return;
  const double clamped = std::clamp(share, 0.0, 1.0);
  if (terminal_)
    std::fprintf(stderr, "\r%s\033[K", line(clamped, before, after).c_str());
  else
    std::fprintf(stderr, "%s  %s\n", before.c_str(), after.c_str());
  std::fflush(stderr);
  drawn_ = terminal_;
  shown_at_ = clock_.seconds();
}

void Progress::clear() {
  if (!drawn_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace ff::cli
