#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ff/activity.hpp"
#include "ff/batch.hpp"
#include "ff/config.hpp"
#include "ff/dataset.hpp"
#include "ff/network.hpp"
#include "ff/random.hpp"
#include "ff/read_out.hpp"

namespace ff::test {

/// Small images that can be learnt: each class a blob at its own place, with noise. Seeded.
std::shared_ptr<const Dataset> blobs(int count, std::int64_t seed = 7, int side = 8);

/// As many as there are digits.
inline constexpr int kClasses = 10;

/// A net for square images of digits.
Network network_of(const Config& config, int side);

/// What a table's entries are called.
template <class Entry>
std::vector<std::string> names_of(std::span<const Entry* const> table) {
  std::vector<std::string> names;
  for (const Entry* entry : table) names.emplace_back(entry->name);
  return names;
}

/// Whether two nets of one config have the same weights and biases, to the bit.
bool same_parameters(const Network& a, const Network& b);

/// Images as they are, each with its label in its first pixels.
RowFormat plain_rows(const Dataset& data);

Config small_config();

/// For a check that fails.
std::string in_words(const Config& config);

/// The layer that a text tells, which it must.
LayerSpec layer_of(std::string_view text);

/// Configs that between them take every path of a step of forward-forward.
std::vector<Config> every_path(std::vector<LayerSpec> layers);

/// Every step moves a weight by the learning rate times its gradient and nothing else.
Config plain_steps(Config config);

/// The first images of `data`.
Batch first_images(const Dataset& data, std::uint32_t images);

/// What a net says of the first images of `data`.
Scores read_first(const Network& network, const Dataset& data, std::uint32_t images,
                  const std::optional<Reading>& reading = {});

/// A layer's activity, as if it had come out of one.
Activity activity_of(const Matrix& units);

}  // namespace ff::test
