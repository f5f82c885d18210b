#pragma once

#include <span>
#include <string_view>

#include "ff/activity.hpp"
#include "ff/matrix.hpp"

namespace ff {

struct Layer;

/// What takes the size out of what a layer passes on, so that the next one cannot read off it how
/// good the layer found its input.
/// A new one: a file in src/normalisations/ and its name in normalisation.cpp.
struct Normalisation {
  std::string_view name, title;

  /// By figures of all rows of a minibatch; running means of them, which the layer keeps, when
  /// nothing is learnt.
  bool of_batch;

  /// Whether a layer learns what each channel is multiplied by then, and what is added (`gain` and
  /// `shift`), from derivatives that come `back`.
  bool learns_scale = false;

  /// Of what is passed on, in place or by its scale.
  void (*apply)(const Layer& layer, bool learning, Activity& activity);

  /// slopes [rows x numbers passed on]: derivatives by them normalised become those by them before.
  /// It is symmetric, so that a change of them becomes that of them normalised.
  void (*back)(const Layer& layer, bool learning, Activity& activity, Eigen::Ref<Matrix> slopes);
};

/// All there are; the first is the paper's.
std::span<const Normalisation* const> normalisations();

const Normalisation& normalisation(std::string_view name);

}  // namespace ff
