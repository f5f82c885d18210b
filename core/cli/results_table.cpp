#include "results_table.hpp"

#include <algorithm>
#include <utility>

#include "command.hpp"
#include "ff/presets.hpp"
#include "record.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

constexpr auto kHead =
    "# Results\n\n"
    "Errors on the test set in per cent: the mean over the seeds, each seed's in brackets. Every\n"
    "row has its curves and its whole config in the record beside this file; `ff reproduce` wrote\n"
    "both, and `ff plot` draws the curves.\n\n"
    "| experiment | source | published | ours | goal | on validation | time a run | command |\n"
    "|---|---|---|---|---|---|---|---|\n";
constexpr auto kNone = "–";

std::string cell(std::string text) {
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.insert(at, "\\");
  return " " + text + " |";
}

std::string in_percent(double share) { return fixed(100.0 * share, 2); }

std::string ours(const Record& record) {
  std::string each;
  for (const RecordedRun& run : record.runs)
    if (run.finished()) each += (each.empty() ? "" : ", ") + in_percent(*run.test_error);
  return "**" + in_percent(*record.mean_test_error()) + "** (" + each + ")";
}

// The errors of other readings of the same nets, those that all of them have.
std::string other_readings(const Record& record) {
  std::string text;
  for (const auto& [title, first] : record.runs.front().readings) {
    std::string each;
    double sum = 0.0;
    for (const RecordedRun& run : record.runs) {
      if (!run.readings.contains(title)) return text;
      sum += run.readings.at(title);
      each += (each.empty() ? "" : ", ") + in_percent(run.readings.at(title));
    }
    text.append("; ").append(title).append(" ");
    text.append(in_percent(sum / static_cast<double>(record.runs.size())));
    text.append(" (").append(each).append(")");
  }
  return text;
}

std::string validation(const Record& record) {
  const auto mean = record.mean_validation_error();
  return mean ? in_percent(*mean) : kNone;
}

std::string time_a_run(const Record& record) {
  double seconds = 0.0;
  std::int64_t count = 0;
  for (const RecordedRun& run : record.runs) {
    if (!run.finished()) continue;
    seconds += run.seconds;
    ++count;
  }
  return duration(seconds / static_cast<double>(count));
}

std::string row(const Record& record) {
  const std::string title = "[" + record.title + "](" + record.experiment + ".json)" +
                            (record.note.empty() ? "" : ": " + record.note) +
                            (record.by_softmax ? ", read by the softmax" : "");
  const std::string goal = fixed(record.goal, 2);
  const bool done = record.finished && record.mean_test_error().has_value();
  std::string text = "|" + cell(title) + cell(record.source) + cell(record.published);
  if (done)
    text += cell(ours(record) + other_readings(record)) +
            cell(goal + (record.reaches_goal() ? " ✓" : " not yet")) + cell(validation(record)) +
            cell(time_a_run(record));
  else
    text += cell("not finished") + cell(goal) + cell(kNone) + cell(kNone);
  return text + cell("`" + record.command + "`") + "\n";
}

// In the order of the presets; what is none any more comes last.
std::size_t place(const Record& record) {
  const auto found = std::ranges::find(presets(), record.experiment, &Preset::name);
  return static_cast<std::size_t>(found - presets().begin());
}

// Times mean little without the machines they were taken on.
std::string machines(const std::vector<Record>& records) {
  std::vector<std::string> lines;
  for (const Record& record : records) {
    const auto& [processor, cores, threads, kernels] = record.machine;
    std::string line = processor;
    line.append(", ").append(std::to_string(threads));
    line.append(threads == 1 ? " thread, " : " threads, ").append(kernels).append(" kernels");
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  }
  std::string text = "\nTimes are those of\n";
  for (const std::string& line : lines) text.append("\n- ").append(line);
  return lines.empty() ? "" : text + "\n";
}

}  // namespace

void write_results_table(const std::filesystem::path& folder) {
  std::vector<Record> records = read_records(folder);
  std::ranges::sort(records, {}, [](const Record& record) {
    return std::pair(place(record), record.experiment);
  });
  std::string text = kHead;
  for (const Record& record : records) text += row(record);
  text += machines(records);
  write_text(folder / "README.md", text);
}

}  // namespace ff::cli
