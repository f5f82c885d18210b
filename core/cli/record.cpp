#include "record.hpp"

#include <algorithm>

#include "command.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"

namespace ff::cli {
namespace {

template <class Value>
Value part(const Json& json, const char* name, const char* expected) {
  try {
    return json.at(name).get<Value>();
  } catch (const Json::exception&) {
    throw Error(std::string(name) + ": expected " + expected + ".");
  }
}

std::string text_part(const Json& json, const char* name) {
  return part<std::string>(json, name, "a text");
}

std::optional<double> optional_part(const Json& json, const char* name) {
  if (!json.contains(name)) return std::nullopt;
  return part<double>(json, name, "a number");
}

Json object_part(const Json& json, const char* name) {
  Json object = part<Json>(json, name, "an object");
  if (!object.is_object()) throw Error(std::string(name) + ": expected an object.");
  return object;
}

Machine machine_from_json(const Json& json) {
  return {.processor = text_part(json, "processor"),
          .cores = part<int>(json, "cores", "a whole number"),
          .threads = part<int>(json, "threads", "a whole number"),
          .kernels = text_part(json, "kernels")};
}

Json to_json(const Machine& machine) {
  return {{"processor", machine.processor},
          {"cores", machine.cores},
          {"threads", machine.threads},
          {"kernels", machine.kernels}};
}

RecordedRun run_from_json(const Json& json) {
  RecordedRun run{.seed = part<std::int64_t>(json, "seed", "a whole number"),
                  .seconds = part<double>(json, "seconds", "a number"),
                  .test_error = optional_part(json, "test_error"),
                  .validation_error = optional_part(json, "validation_error"),
                  .readings = {},
                  .epochs = part<std::vector<Json>>(json, "epochs", "a list")};
  if (json.contains("readings"))
    run.readings = part<std::map<std::string, double>>(json, "readings", "numbers by their titles");
  for (const Json& epoch : run.epochs) part<std::int64_t>(epoch, "epoch", "a whole number");
  if (run.finished() && run.epochs.empty()) throw Error("epochs: expected at least one.");
  return run;
}

Record record_from_json(const Json& json) {
  Record record{
      .experiment = text_part(json, "experiment"),
      .title = text_part(json, "title"),
      .note = text_part(json, "note"),
      .source = text_part(json, "source"),
      .published = text_part(json, "published"),
      .goal = part<double>(json, "goal", "a number"),
      .by_softmax = json.contains("by_softmax") && part<bool>(json, "by_softmax", "true or false"),
      .command = text_part(json, "command"),
      .config = object_part(json, "config"),
      .machine = machine_from_json(object_part(json, "machine")),
      .finished = part<bool>(json, "finished", "true or false")};
  for (const Json& run : part<std::vector<Json>>(json, "runs", "a list"))
    record.runs.push_back(run_from_json(run));
  return record;
}

Json head(const Record& record) {
  Json json = {{"experiment", record.experiment},
               {"title", record.title},
               {"note", record.note},
               {"source", record.source},
               {"published", record.published},
               {"goal", record.goal},
               {"command", record.command},
               {"config", record.config},
               {"machine", to_json(record.machine)},
               {"finished", record.finished}};
  if (record.by_softmax) json["by_softmax"] = true;
  if (const auto mean = record.mean_test_error()) json["test_error_mean"] = *mean;
  return json;
}

Json head(const RecordedRun& run) {
  Json json = {{"seed", run.seed}, {"seconds", run.seconds}};
  if (run.validation_error) json["validation_error"] = *run.validation_error;
  if (run.test_error) json["test_error"] = *run.test_error;
  if (!run.readings.empty()) json["readings"] = run.readings;
  return json;
}

std::string member(const std::string& name, const std::string& value) {
  return Json(name).dump() + ": " + value;
}

std::string list(const std::vector<std::string>& items, const std::string& indent) {
  std::string text = "[";
  for (const std::string& item : items)
    text.append(text.size() == 1 ? "" : ",").append("\n").append(indent).append(item);
  return text + "]";
}

// A line for each field and each epoch: a change of one is a change of a line.
std::string text_of(const RecordedRun& run) {
  std::string text = "{";
  const Json json = head(run);
  for (const auto& [name, value] : json.items()) text += member(name, value.dump()) + ", ";
  std::vector<std::string> epochs;
  for (const Json& epoch : run.epochs) epochs.push_back(epoch.dump());
  return text + member("epochs", list(epochs, "      ")) + "}";
}

std::string text_of(const Record& record) {
  std::string text = "{\n";
  const Json json = head(record);
  for (const auto& [name, value] : json.items()) text += "  " + member(name, value.dump()) + ",\n";
  std::vector<std::string> runs;
  for (const RecordedRun& run : record.runs) runs.push_back(text_of(run));
  return text + "  " + member("runs", list(runs, "    ")) + "\n}\n";
}

std::optional<double> mean(const std::vector<RecordedRun>& runs,
                           std::optional<double> RecordedRun::*error) {
  double sum = 0.0;
  int count = 0;
  for (const RecordedRun& run : runs) {
    sum += (run.*error).value_or(0.0);
    count += (run.*error).has_value() ? 1 : 0;
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

}  // namespace

RecordedRun* Record::run(std::int64_t seed) {
  const auto found = std::find_if(runs.begin(), runs.end(),
                                  [&](const RecordedRun& one) { return one.seed == seed; });
  return found == runs.end() ? nullptr : &*found;
}

std::optional<double> Record::mean_test_error() const {
  return mean(runs, &RecordedRun::test_error);
}

std::optional<double> Record::mean_validation_error() const {
  return mean(runs, &RecordedRun::validation_error);
}

// A mean of shares may be off by a rounding.
bool Record::reaches_goal() const {
  constexpr double kRounding = 1e-9;
  const auto mean = mean_test_error();
  return mean && 100.0 * *mean <= goal + kRounding;
}

Record read_record(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
  if (!json.is_object())
    fail_file(path.string(), "expected a record that ff reproduce wrote, a JSON object.");
  try {
    return record_from_json(json);
  } catch (const Error& fault) {
    fail_file(path.string(), std::string("this is no record of ff reproduce, ") + fault.what());
  }
}

void write_record(const std::filesystem::path& path, const Record& record) {
  write_text(path, text_of(record));
}

std::vector<Record> read_records(const std::filesystem::path& folder) {
  std::vector<Record> records;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") records.push_back(read_record(entry.path()));
  return records;
}

}  // namespace ff::cli
