#pragma once

namespace ff::cli {

/// The exit status of a command that was interrupted and left in good order.
inline constexpr int kInterruptedStatus = 130;

/// From now on what would end the program only raises a flag, so that the work can come to a good
/// end: Ctrl-C (SIGINT), SIGTERM, a terminal that is closed (SIGHUP), processor time that is used
/// up (SIGXCPU). A second Ctrl-C quits at once. A closed pipe is no more than a failed write.
void catch_interrupts();

/// Whether there was one.
bool interrupted();

}  // namespace ff::cli
