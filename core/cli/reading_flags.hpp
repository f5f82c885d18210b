#pragma once

#include <optional>

#include "command.hpp"
#include "ff/read_out.hpp"

namespace ff::cli {

/// Flags that say how a model is read, otherwise than its run was.
class ReadingFlags {
 public:
  void add_to(CLI::App& command);

  /// Throws Error when the net has no such layer.
  Reading reading(const Network& network) const;

 private:
  std::optional<int> first_counted_layer_, last_counted_layer_, softmax_shift_;
};

}  // namespace ff::cli
