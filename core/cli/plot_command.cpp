#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>

#include "chart.hpp"
#include "command.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "quantities.hpp"
#include "record.hpp"
#include "text.hpp"

namespace ff::cli {
namespace {

struct PlotOptions {
  std::vector<std::string> records;
  std::string out;
  std::string what = "error";
};

std::string label(const Record& record, const Curve& curve, bool several) {
  if (several) return record.title + (curve.label.empty() ? "" : ", " + curve.label);
  if (!curve.label.empty()) return curve.label;
  const std::size_t runs = curve.runs.size();
  return runs == 1 ? "one seed" : "mean of " + std::to_string(runs) + " seeds";
}

std::string title(const Quantity& quantity, const std::vector<Record>& records) {
  std::string text(quantity.title);
  if (records.size() == 1) return records.front().title + ": " + text;
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

Chart chart(const PlotOptions& options, const Quantity& quantity) {
  std::vector<Record> records;
  for (const std::string& file : options.records) records.push_back(read_record(file));
  Chart chart{.title = title(quantity, records),
              .x_label = "epoch",
              .y_label = std::string(quantity.unit),
              .scale = quantity.scale,
              .together = quantity.parts.size()};
  std::size_t colour = 0;
  for (std::size_t index = 0; index < records.size(); ++index) {
    const std::vector<Curve> found = curves(records[index], quantity, colour);
    if (found.empty())
      fail_file(options.records[index],
                "the record holds nothing of the " + std::string(quantity.title) + ".");
    for (Curve curve : found) {
      colour = std::max(colour, curve.colour + 1);
      curve.label = label(records[index], curve, records.size() > 1);
      chart.curves.push_back(std::move(curve));
    }
  }
  return chart;
}

// Beside the first record, by the name of what is drawn.
std::filesystem::path target(const PlotOptions& options) {
  if (!options.out.empty()) return options.out;
  std::filesystem::path path = options.records.front();
  const std::string stem =
      path.stem().string() + (options.what == "error" ? "" : "-" + options.what);
  return path.replace_filename(stem + ".svg");
}

int plot(const PlotOptions& options) {
  const std::filesystem::path path = target(options);
  const std::string picture = svg(chart(options, quantity(options.what)));
  check_writable(path);
  write_text(path, picture);
  std::cout << "The picture is in " << path.string() << "." << std::endl;
  return 0;
}

std::string what_help() {
  std::string text = "Curves of --what:\n";
  for (const Quantity& quantity : quantities())
    text += "  " + left(quantity.name, 14) + std::string(quantity.title) + "\n";
  return text +
         "Each is a line over the epochs, the mean of the seeds; every seed is a faint one.\n\n";
}

}  // namespace

Command plot_command(CLI::App& program) {
  CLI::App* app =
      program.add_subcommand("plot", "Draw curves from records of ff reproduce, as an SVG");
  const auto options = std::make_shared<PlotOptions>();
  app->add_option("RECORD", options->records, "Records that ff reproduce wrote")->required();
  app->add_option("--out", options->out, "The picture (default: beside the first record)")
      ->type_name("FILE");
  app->add_option("--what", options->what, "Which curves (default error): see below")
      ->type_name("WHAT");
  app->footer(what_help() +
              "Examples:\n"
              "  ff plot results/supervised.json results/shifted.json --out errors.svg\n"
              "  ff plot results/supervised.json --what goodness");
  return {app, [options] { return plot(*options); }};
}

}  // namespace ff::cli
