#include <string>

#include "ff/error.hpp"
#include "ff/fields.hpp"

namespace ff {

Config adjusted(Config present, const Config& wanted) {
  const Config config = in_effect(wanted);
  for (const Field& field : fields())
    if (field.live) field.set(present, field.get(config));
  for (const Field& field : fields())
    if (field.get(present) != field.get(config))
      throw Error(std::string(field.name) + ": cannot change while a run goes on; reset first.");
  return present;
}

Config for_another_run(const Config& present, const Config& wanted) {
  Config config = in_effect(wanted);
  for (const Field& field : fields()) {
    const bool of_run = field.group == "data" || field.group == "optimiser" || field.group == "run";
    const bool stays = !of_run || field.name == "inputs" || field.name == "dataset";
    if (stays && field.get(config) != field.get(present))
      throw Error(std::string(field.name) + ": cannot change in a net that has learnt.");
  }
  return config;
}

}  // namespace ff
