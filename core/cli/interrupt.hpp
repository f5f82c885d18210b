#pragma once

namespace ff::cli {

/// The exit status of a command that was interrupted and left in good order.
inline constexpr int kInterruptedStatus = 130;

/// From now on the first Ctrl-C (SIGINT or SIGTERM) only raises a flag, so that the work can come
/// to a good end; a second one quits at once.
void catch_interrupts();

/// Whether there was one.
bool interrupted();

}  // namespace ff::cli
