#pragma once

#include <cstdint>
#include <vector>

#include "ff/matrix.hpp"

namespace ff {

/// Which inputs units see. They come in sets, side by side and divided as evenly as they go; those
/// of a set see the same inputs.
struct ReceptiveFields {
  Eigen::Index columns = 0;  ///< inputs there are
  /// [sets] the inputs that a set sees, in ascending order; empty: one set, which sees all.
  std::vector<std::vector<std::uint32_t>> inputs{};

  Eigen::Index sets() const {
    return inputs.empty() ? 1 : static_cast<Eigen::Index>(inputs.size());
  }
  /// The most inputs that a set sees, and a unit has weights for.
  Eigen::Index size() const;
  /// How many of them a set sees.
  Eigen::Index seen_by(Eigen::Index set) const {
    return inputs.empty() ? columns
                          : static_cast<Eigen::Index>(inputs[static_cast<std::size_t>(set)].size());
  }
  /// Which ones; null: the first.
  const std::uint32_t* columns_of(Eigen::Index set) const {
    return inputs.empty() ? nullptr : inputs[static_cast<std::size_t>(set)].data();
  }
};

/// [inputs a unit x units] of a matrix [columns x units] that units see by these fields.
Matrix gathered(const ReceptiveFields& fields, const Matrix& all);
/// The other way round: 0 where a unit sees nothing.
Matrix scattered(const ReceptiveFields& fields, const Matrix& seen);

}  // namespace ff
