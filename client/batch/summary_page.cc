#include "client/batch/summary_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <kainjow/mustache.hpp>
#include <utility>
#include <vector>

#include "client/batch/templates.h"
#include "client/html/style.h"

namespace burntin {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

// Worst first, as everywhere.
struct Part {
  const char* style;
  const char* word;
  int64_t VerdictTally::*count;
};
constexpr std::array<Part, 4> kParts = {
    Part{"identifying", "IDENTIFYING", &VerdictTally::identifying},
    Part{"indeterminate", "INDETERMINATE", &VerdictTally::indeterminate},
    Part{"review", "REVIEW", &VerdictTally::review},
    Part{"clear", "CLEAR", &VerdictTally::clear}};

constexpr double kBarWidth = 240;  // of a row's bar, in pixels

// The histogram, in pixels.
constexpr double kBinWidth = 36;
constexpr double kPlotHeight = 160;
constexpr double kPlotTop = 20;

double Share(int64_t part, int64_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

std::string RowBar(const VerdictTally& row) {
  std::string svg = fmt::format(
      R"(<svg viewBox="0 0 {} 14" role="img" aria-label="{} of {} held">)",
      kBarWidth, row.held(), row.total());
  double x = 0;
  for (const Part& part : kParts) {
    const double width = kBarWidth * Share(row.*part.count, row.total());
    if (width == 0) continue;
    svg += fmt::format(
        R"(<rect class="{}" x="{:.2f}" y="1" width="{:.2f}" height="12"/>)",
        part.style, x, width);
    x += width;
  }
  return svg + "</svg>";
}

double Height(int64_t count, int64_t most) {
  const auto scaled = [](int64_t n) {
    return std::log10(1.0 + static_cast<double>(n));
  };
  return most == 0 ? 0 : kPlotHeight * scaled(count) / scaled(most);
}

std::string HistogramBin(int bin, const VerdictTally& tally, int64_t most) {
  const double x = kBinWidth * bin;
  const double height = Height(tally.total(), most);
  std::string svg = fmt::format("<g><title>risk {:.2f} to {:.2f}: {}</title>",
                                1.0 * bin / kRiskBins,
                                1.0 * (bin + 1) / kRiskBins, tally.total());
  double y = kPlotTop + kPlotHeight - height;
  if (tally.total() > 0) {
    svg += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">)"
                       "{}</text>",
                       x + kBinWidth / 2, y - 4, tally.total());
  }
  for (const Part& part : kParts) {
    const double piece = height * Share(tally.*part.count, tally.total());
    if (piece == 0) continue;
    svg += fmt::format(R"(<rect class="{}" x="{:.1f}" y="{:.2f}" )"
                       R"(width="{:.1f}" height="{:.2f}"/>)",
                       part.style, x + 3, y, kBinWidth - 6, piece);
    y += piece;
  }
  return svg + "</g>";
}

std::string Histogram(const std::array<VerdictTally, kRiskBins>& bins) {
  int64_t most = 0;
  for (const VerdictTally& bin : bins) most = std::max(most, bin.total());
  const double width = kBinWidth * kRiskBins;
  const double base = kPlotTop + kPlotHeight;
  std::string svg =
      fmt::format(R"(<svg viewBox="0 0 {0} {1}" width="{0}" role="img" )"
                  R"(aria-label="Instances by risk">)"
                  R"(<line x1="0" y1="{2}" x2="{0}" y2="{2}"/>)",
                  width, base + 20, base);
  for (int bin = 0; bin < kRiskBins; ++bin) {
    svg += HistogramBin(bin, bins[static_cast<size_t>(bin)], most);
  }
  for (int tick = 0; tick <= 10; ++tick) {
    const char* anchor = tick == 0 ? "start" : tick == 10 ? "end" : "middle";
    svg += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">)"
                       "{:.1f}</text>",
                       width * tick / 10, base + 15, anchor, tick / 10.0);
  }
  return svg + "</svg>";
}

data CountsData(const VerdictTally& all) {
  data list(data::type::list);
  for (const Part& part : kParts) {
    data view;
    view.set("style", part.style);
    view.set("verdict", part.word);
    view.set("count", std::to_string(all.*part.count));
    view.set("none", all.*part.count == 0);
    list.push_back(view);
  }
  return list;
}

data TableData(const std::string& title, const std::string& column,
               const std::map<std::string, VerdictTally>& tallies) {
  constexpr size_t kMostRows = 25;
  std::vector<std::pair<std::string, VerdictTally>> rows(tallies.begin(),
                                                         tallies.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second.total() > b.second.total();
  });
  data table;
  table.set("title", title);
  table.set("column", column);
  table.set("cut", rows.size() > kMostRows);
  table.set("all", std::to_string(rows.size()));
  table.set("shown", std::to_string(kMostRows));
  rows.resize(std::min(rows.size(), kMostRows));
  data list(data::type::list);
  for (const auto& [name, tally] : rows) {
    data row;
    row.set("name", name);
    row.set("bar", RowBar(tally));
    for (const Part& part : kParts) {
      row.set(part.style, std::to_string(tally.*part.count));
    }
    row.set("total", std::to_string(tally.total()));
    list.push_back(row);
  }
  table.set("rows", list);
  return table;
}

data NumbersData(const char* key,
                 const std::map<std::string, int64_t>& counts) {
  std::vector<std::pair<std::string, int64_t>> rows(counts.begin(),
                                                    counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second > b.second;
  });
  data list(data::type::list);
  for (const auto& [name, count] : rows) {
    data row;
    row.set(key, name);
    row.set("count", std::to_string(count));
    list.push_back(row);
  }
  return list;
}

}  // namespace

std::string SummaryPage(const SummaryFigures& figures) {
  const Tally& tally = figures.tally;
  data view;
  view.set("style", PageStyle());
  view.set("style_hash", PageStyleHash());
  view.set("held", std::to_string(tally.all.held()));
  view.set("answered", std::to_string(tally.all.total()));
  view.set("sessions", std::to_string(figures.sessions));
  view.set("frames", std::to_string(tally.frames));
  view.set("given_up", std::to_string(figures.given_up));
  view.set("skipped", std::to_string(figures.skipped));
  if (figures.missing > 0) view.set("missing", std::to_string(figures.missing));
  view.set("mixed", tally.versions.size() > 1);
  view.set("counts", CountsData(tally.all));
  view.set("histogram", Histogram(tally.by_risk));
  data tables(data::type::list);
  tables.push_back(TableData("By modality", "Modality", tally.by_modality));
  tables.push_back(TableData("By device", "Device", tally.by_device));
  view.set("tables", tables);
  view.set("reasons", NumbersData("code", tally.reasons));
  view.set("versions", NumbersData("name", tally.versions));
  return mustache(kSummaryPage).render(view);
}

}  // namespace burntin
