#pragma once

#include <string>

#include "clock.hpp"

namespace ff::cli {

/// How far something long has come, on stderr: a bar that is redrawn in place on a terminal, now
/// and then a plain line elsewhere.
class Progress {
 public:
  enum class Elsewhere { kLines, kSilent };
  explicit Progress(Elsewhere elsewhere);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Whether show() would show something now: spares the making of texts that nobody sees.
  bool due() const;

  /// `share` of the work done, 0..1, between two short texts.
  void show(double share, const std::string& before, const std::string& after);

  /// Takes the bar away, so that something else can be printed.
  void clear();

 private:
  bool terminal_;
  bool silent_;
  bool drawn_ = false;
  double shown_at_ = 0.0;
  Stopwatch clock_;
};

}  // namespace ff::cli
