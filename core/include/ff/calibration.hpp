#pragma once

namespace ff {

/// What a net's readings are like of images that it has not learnt from.
struct Calibration {
  float usual_lead = 0.0F;   ///< of the best score over the second
  float usual_score = 0.0F;  ///< the best score

  bool operator==(const Calibration&) const = default;
};

}  // namespace ff
