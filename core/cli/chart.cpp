#include "chart.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "text.hpp"

namespace ff::cli {
namespace {

constexpr double kWidth = 760.0;
constexpr double kLeft = 68.0, kRight = kWidth - 24.0, kTop = 64.0, kBottom = 424.0;
constexpr double kLegendTop = kBottom + 68.0, kLegendRow = 22.0, kSample = 28.0, kSpace = 8.0,
                 kGap = 32.0;
constexpr double kLetter = 7.2;  ///< the width of one, more or less
constexpr std::size_t kColours = 8;

constexpr auto kStyle = R"css(<style>
  svg { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
  .paper { fill: #ffffff; }
  text { fill: #444a52; }
  .title { fill: #15181c; font-size: 17px; font-weight: 600; }
  .grid { stroke: #e3e6ea; }
  .axis { stroke: #8a929c; }
  .run, .mean, .sample { fill: none; stroke-linejoin: round; stroke-linecap: round; }
  .run { stroke-width: 1.25; opacity: 0.38; }
  .mean, .sample { stroke-width: 2.25; }
  .dashed { stroke-dasharray: 6 5; }
  .c0 { stroke: #1f5fb4; } .c1 { stroke: #c4500c; } .c2 { stroke: #2c7a36; }
  .c3 { stroke: #7b45b8; } .c4 { stroke: #b8232f; } .c5 { stroke: #0b7681; }
  .c6 { stroke: #85581c; } .c7 { stroke: #b52a82; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14171b; }
    text { fill: #b9c0c9; }
    .title { fill: #f1f3f5; }
    .grid { stroke: #2b3037; }
    .axis { stroke: #767f8a; }
    .c0 { stroke: #6aaeff; } .c1 { stroke: #ff9a52; } .c2 { stroke: #6fd081; }
    .c3 { stroke: #bd9bff; } .c4 { stroke: #ff7d7d; } .c5 { stroke: #4fd0da; }
    .c6 { stroke: #d6a76c; } .c7 { stroke: #ff86c5; }
  }
</style>
)css";

struct Scales {
  Axis x, y;
};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '&')
      result += "&amp;";
    else if (letter == '<')
      result += "&lt;";
    else
      result += letter;
  }
  return result;
}

std::string at(double place) { return fixed(place, 1); }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string result;
  for (const std::string_view part : parts) result += part;
  return result;
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return joined({"<text x=\"", at(x), "\" y=\"", at(y), "\" text-anchor=\"", anchor, "\">",
                 escaped(text), "</text>\n"});
}

std::string path(std::string_view kind, std::string_view places) {
  return joined({"<path class=\"", kind, "\" d=\"", places, "\"/>\n"});
}

std::string across(double x, double y, double width) {
  return joined({"M", at(x), " ", at(y), "h", at(width)});
}

std::string look(std::string_view kind, const Curve& curve) {
  return joined(
      {kind, " c", std::to_string(curve.colour % kColours), curve.dashed ? " dashed" : ""});
}

// A single point is a line of no length, whose round ends make a dot.
std::string line(const std::string& kind, const std::vector<Point>& points, const Scales& scales) {
  std::string places;
  for (const auto& [x, y] : points)
    places.append(places.empty() ? "M" : "L")
        .append(at(scales.x.place(x)))
        .append(" ")
        .append(at(scales.y.place(y)));
  return path(kind, points.size() == 1 ? places + "h0" : places);
}

std::string axes(const Chart& chart, const Scales& scales) {
  std::string text;
  for (const double tick : scales.y.ticks()) {
    const double y = scales.y.place(tick);
    text += path("grid", across(kLeft, y, kRight - kLeft)) +
            text_at(kLeft - 10.0, y + 4.5, "end", tick_text(tick));
  }
  for (const double tick : scales.x.ticks()) {
    const double x = scales.x.place(tick);
    text += path("axis", joined({"M", at(x), " ", at(kBottom), "v5"})) +
            text_at(x, kBottom + 22.0, "middle", tick_text(tick));
  }
  return text + path("axis", across(kLeft, kBottom, kRight - kLeft)) +
         text_at((kLeft + kRight) / 2.0, kBottom + 42.0, "middle", chart.x_label) +
         text_at(24.0, kTop - 14.0, "start", chart.y_label);
}

std::string curves(const Chart& chart, const Scales& scales) {
  std::string text;
  for (const Curve& curve : chart.curves)
    for (const auto& run : curve.runs) text += line(look("run", curve), run, scales);
  for (const Curve& curve : chart.curves) text += line(look("mean", curve), curve.mean, scales);
  return text;
}

// Below the chart, where it hides nothing: in columns as wide as the longest label, no more of them
// than fill their rows.
struct Legend {
  std::string text{};
  double bottom = kLegendTop;
};

Legend legend(const Chart& chart) {
  std::size_t longest = 0;
  for (const Curve& curve : chart.curves) longest = std::max(longest, curve.label.size());
  const double width = kSample + kLetter * static_cast<double>(longest) + kGap;
  const auto fit = static_cast<std::size_t>((kRight - kLeft + kGap) / width);
  const std::size_t groups = (chart.curves.size() + chart.together - 1) / chart.together;
  const std::size_t groups_a_row = std::max<std::size_t>(1, fit / chart.together);
  const std::size_t rows = (groups + groups_a_row - 1) / groups_a_row;
  const std::size_t columns = (groups + rows - 1) / rows * chart.together;
  Legend legend{.bottom = kLegendTop + kLegendRow * static_cast<double>(rows - 1)};
  for (std::size_t index = 0; index < chart.curves.size(); ++index) {
    const Curve& curve = chart.curves[index];
    const double x = kLeft + width * static_cast<double>(index % columns);
    const std::size_t row = index / columns;
    const double y = kLegendTop + kLegendRow * static_cast<double>(row);
    legend.text += path(look("sample", curve), across(x, y - 4.5, kSample)) +
                   text_at(x + kSample + kSpace, y, "start", curve.label);
  }
  return legend;
}

Scales scales(const Chart& chart) {
  std::vector<double> x = {0.0};
  std::vector<double> y;
  const auto add = [&](const std::vector<Point>& points) {
    for (const Point& point : points) {
      x.push_back(point.x);
      y.push_back(point.y);
    }
  };
  for (const Curve& curve : chart.curves) {
    add(curve.mean);
    for (const auto& run : curve.runs) add(run);
  }
  return {Axis(x, Scale::kWhole, kLeft, kRight), Axis(y, chart.scale, kBottom, kTop)};
}

}  // namespace

std::string svg(const Chart& chart) {
  const Scales places = scales(chart);
  const Legend names = legend(chart);
  const std::string width = fixed(kWidth, 0);
  const std::string height = fixed(names.bottom + kLegendRow, 0);
  return joined({"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"",
                 width,
                 "\" height=\"",
                 height,
                 "\" viewBox=\"0 0 ",
                 width,
                 " ",
                 height,
                 "\" role=\"img\">\n<title>",
                 escaped(chart.title),
                 "</title>\n",
                 kStyle,
                 "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n",
                 "<text class=\"title\" x=\"24\" y=\"28\">",
                 escaped(chart.title),
                 "</text>\n",
                 axes(chart, places),
                 curves(chart, places),
                 names.text,
                 "</svg>\n"});
}

}  // namespace ff::cli
