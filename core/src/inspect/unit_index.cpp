#include "ff/unit_index.hpp"

#include <algorithm>
#include <utility>

#include "ff/batch.hpp"
#include "ff/inspect.hpp"
#include "ff/pass.hpp"

namespace ff {

UnitIndex::UnitIndex(const Network& network) : counts_(RowVector::Zero(network.labels())) {
  for (const Layer& layer : network.layers) {
    const Eigen::Index units = looked_at(layer.units());
    sums_.emplace_back(Matrix::Zero(units, network.labels()));
    best_.emplace_back(static_cast<std::size_t>(units));
  }
}

void UnitIndex::keep(std::size_t layer, Eigen::Index place, const Lit& lit) {
  std::vector<Lit>& best = best_[layer][static_cast<std::size_t>(place)];
  const bool full = best.size() == kBest;
  if (!(lit.activity > (full ? best.back().activity : 0.0F))) return;
  if (full) best.pop_back();
  const auto dimmer =
      std::ranges::find_if(best, [&](const Lit& other) { return other.activity < lit.activity; });
  best.insert(dimmer, lit);
}

void UnitIndex::add(const Network& network, const Dataset& data,
                    std::span<const std::uint32_t> indices) {
  Batch batch;
  fill_batch(data, indices, network.format, batch);
  Pass pass;
  pass.start(batch);
  pass.label(batch.labels);
  for (const int label : batch.labels) counts_[label] += 1.0F;
  Activity activity;
  Activity below;
  for (std::size_t layer = 0; layer < network.layers.size(); ++layer) {
    std::swap(activity, below);
    pass.forward(network, layer, below, activity);
    const auto units = activity.units();
    for (Eigen::Index place = 0; place < sums_[layer].rows(); ++place)
      for (Eigen::Index row = 0; row < units.rows(); ++row) {
        const auto image = static_cast<std::size_t>(row);
        const float active = units(row, unit_at(place, units.cols()));
        sums_[layer](place, batch.labels[image]) += active;
        keep(layer, place, {.image = indices[image], .activity = active});
      }
  }
}

std::span<const UnitIndex::Lit> UnitIndex::best(std::size_t layer, Eigen::Index place) const {
  return best_.at(layer).at(static_cast<std::size_t>(place));
}

RowVector UnitIndex::means(std::size_t layer, Eigen::Index place) const {
  return sums_.at(layer).row(place).cwiseQuotient(counts_.cwiseMax(1.0F));
}

}  // namespace ff
