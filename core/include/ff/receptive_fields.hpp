#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ff/dataset.hpp"
#include "ff/matrix.hpp"

namespace ff {

/// Fields of 3 x 3 places, one around or beside every place there is.
struct SquareFields {
  Shape below;  ///< what they see
  Shape grid;   ///< where they are
  int padding;
};

/// Which inputs units see. Units lie side by side, divided among the fields as evenly as they go;
/// those of a field see the same inputs. Each field has a set of weights of its own, or they take a
/// few sets in turn: one (a convolution), or one a group (a grouped convolution).
struct ReceptiveFields {
  /// In place of an input beyond the edge of what there is: always 0.
  static constexpr std::uint32_t kOutside = UINT32_MAX;

  Eigen::Index columns = 0;      ///< inputs there are
  Eigen::Index shared_sets = 0;  ///< that fields of one size take in turn; 0: each has its own
  /// [fields] the inputs that a field sees, in ascending order; empty: one field, which sees all.
  std::vector<std::vector<std::uint32_t>> inputs{};
  std::optional<SquareFields> squares{};  ///< where they are such, and share all weights

  Eigen::Index count() const {
    return inputs.empty() ? 1 : static_cast<Eigen::Index>(inputs.size());
  }
  bool shared() const { return shared_sets > 0; }
  /// Sets of weights.
  Eigen::Index sets() const { return shared() ? shared_sets : count(); }
  /// Which of them a field uses.
  Eigen::Index set_of(Eigen::Index field) const { return field % sets(); }
  /// The most inputs that a field has, and a unit has weights for.
  Eigen::Index size() const;
  /// How many a field has.
  Eigen::Index seen_by(Eigen::Index field) const {
    return inputs.empty() ? columns : static_cast<Eigen::Index>(list(field).size());
  }
  /// Which ones; null: the first.
  const std::uint32_t* columns_of(Eigen::Index field) const {
    return inputs.empty() ? nullptr : list(field).data();
  }

 private:
  const std::vector<std::uint32_t>& list(Eigen::Index field) const {
    return inputs[static_cast<std::size_t>(field)];
  }
};

/// [inputs a unit x units] of a matrix [columns x units] that units see by these fields, which
/// share nothing.
Matrix gathered(const ReceptiveFields& fields, const Matrix& all);
/// [columns x units] what every unit weighs every input with, of the weights in their sets; 0 where
/// it sees nothing.
Matrix scattered(const ReceptiveFields& fields, const Matrix& weights);

}  // namespace ff
