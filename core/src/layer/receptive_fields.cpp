#include "ff/receptive_fields.hpp"

#include <algorithm>

namespace ff {
namespace {

// Calls use(field, input, place) for each input of each field, and its place among those it has.
template <class Use>
void each_seen(const ReceptiveFields& fields, const Use& use) {
  for (Eigen::Index field = 0; field < fields.count(); ++field)
    for (Eigen::Index place = 0; place < fields.seen_by(field); ++place)
      if (const std::uint32_t input = fields.columns_of(field)[place];
          input != ReceptiveFields::kOutside)
        use(field, input, place);
}

}  // namespace

Eigen::Index ReceptiveFields::size() const {
  std::size_t most = inputs.empty() ? static_cast<std::size_t>(columns) : 0;
  for (const auto& set : inputs) most = std::max(most, set.size());
  return static_cast<Eigen::Index>(most);
}

Matrix gathered(const ReceptiveFields& fields, const Matrix& all) {
  if (fields.inputs.empty()) return all;
  Matrix seen = Matrix::Zero(fields.size(), all.cols());
  each_seen(fields, [&](Eigen::Index field, Eigen::Index input, Eigen::Index place) {
    const auto [first, count] = part_of(all.cols(), fields.count(), field);
    seen.row(place).segment(first, count) = all.row(input).segment(first, count);
  });
  return seen;
}

Matrix scattered(const ReceptiveFields& fields, const Matrix& weights) {
  if (fields.inputs.empty()) return weights;
  Matrix all = Matrix::Zero(fields.columns, weights.cols() * fields.count() / fields.sets());
  each_seen(fields, [&](Eigen::Index field, Eigen::Index input, Eigen::Index place) {
    const auto [first, count] = part_of(all.cols(), fields.count(), field);
    const Units set = part_of(weights.cols(), fields.sets(), fields.set_of(field));
    all.row(input).segment(first, count) = weights.row(place).segment(set.first, set.count);
  });
  return all;
}

}  // namespace ff
