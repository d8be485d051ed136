#include "detector/views/tone.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

namespace burntin {
namespace {

// Tones that differ by no more than this show the same text.
constexpr int kSameGrey = 4;

// Share of pixels at each end of the grey scale that count as rare.
constexpr double kRareShare = 0.01;

// A range narrower than this share of another is worth a view of its own:
// in the wider one, contrast is less than half.
constexpr double kNarrow = 0.5;

// A step between neighbouring values is a gap if it is more than this share
// of all that are not, and is narrowed to as much: text that stands beyond
// all other values keeps a contrast of 85 greys to them.
constexpr double kGapShare = 0.5;
constexpr size_t kMostGaps = 16;

constexpr double kWhite = 255;

using UsedSpan = std::pair<size_t, size_t>;  // first, last; both inclusive

double Step(const std::vector<UsedLevel>& used, size_t i) {
  return used[i].value - used[i - 1].value;
}

double Width(const std::vector<UsedLevel>& used, const UsedSpan& span,
             double most_step) {
  double width = 0;
  for (size_t i = span.first + 1; i <= span.second; ++i) {
    width += std::min(Step(used, i), most_step);
  }
  return width;
}

// What steps are within `span` at most. Where all are gaps, they become equal.
double MostStep(const std::vector<UsedLevel>& used, const UsedSpan& span) {
  std::vector<double> steps;
  double rest = 0;
  for (size_t i = span.first + 1; i <= span.second; ++i) {
    steps.push_back(Step(used, i));
    rest += steps.back();
  }
  const size_t sorted = std::min(steps.size(), kMostGaps);
  std::partial_sort(steps.begin(),
                    steps.begin() + static_cast<std::ptrdiff_t>(sorted),
                    steps.end(), std::greater<>());
  size_t gaps = 0;
  while (gaps < sorted && steps[gaps] > kGapShare * (rest - steps[gaps])) {
    rest -= steps[gaps++];
  }
  if (gaps == steps.size()) return steps.empty() ? 0 : steps.back();
  return kGapShare * rest;
}

// Without the rare values at both ends.
UsedSpan CommonSpan(const std::vector<UsedLevel>& used) {
  double all = 0;
  for (const UsedLevel& level : used) all += level.pixels;
  const double rare = kRareShare * all;
  size_t first = 0;
  double seen = used.front().pixels;
  while (seen <= rare) seen += used[++first].pixels;
  size_t last = used.size() - 1;
  seen = used.back().pixels;
  while (seen <= rare) seen += used[--last].pixels;
  return {first, std::max(first, last)};
}

// Levels outside of `span` are shown as its ends.
Tone SpanTone(size_t levels, const std::vector<UsedLevel>& used,
              const UsedSpan& span, double most_step) {
  Tone tone(levels);
  const double width = Width(used, span, most_step);
  double position = 0;
  for (size_t i = 0; i < used.size(); ++i) {
    if (i > span.first && i <= span.second) {
      position += std::min(Step(used, i), most_step);
    }
    tone[used[i].level] = GreyOf(position / width);
  }
  return tone;
}

bool IsAscending(const Tone& tone, const std::vector<UsedLevel>& used) {
  return std::is_sorted(used.begin(), used.end(),
                        [&](const UsedLevel& a, const UsedLevel& b) {
                          return tone[a.level] < tone[b.level];
                        });
}

}  // namespace

uint8_t GreyOf(double share) {
  if (!(share > 0)) return 0;
  return static_cast<uint8_t>(std::min(1.0, share) * kWhite + 0.5);
}

double EntryOf(const LookUpTable& table, double value) {
  const double last = static_cast<double>(table.entries.size()) - 1;
  const double index =
      std::clamp(std::round(value) - table.first_mapped, 0.0, last);
  return table.entries[static_cast<size_t>(index)];
}

std::vector<UsedLevel> UsedLevels(const std::vector<double>& values,
                                  const std::vector<uint32_t>& counts) {
  std::vector<UsedLevel> used;
  double greatest = 0;
  for (uint32_t level = 0; level < counts.size(); ++level) {
    if (counts[level] == 0) continue;
    used.push_back({values[level], level, counts[level]});
    greatest = std::max(greatest, std::abs(values[level]));
  }
  for (UsedLevel& level : used) {
    level.value = greatest > 0 ? level.value / greatest : 0;
  }
  const auto is_less = [](const UsedLevel& a, const UsedLevel& b) {
    return a.value < b.value;
  };
  if (!std::is_sorted(used.begin(), used.end(), is_less)) {
    std::stable_sort(used.begin(), used.end(), is_less);
  }
  return used;
}

Tone StretchTone(size_t levels, const std::vector<UsedLevel>& used) {
  const UsedSpan all = {0, used.size() - 1};
  return SpanTone(levels, used, all, MostStep(used, all));
}

Tone CommonTone(size_t levels, const std::vector<UsedLevel>& used) {
  const UsedSpan all = {0, used.size() - 1};
  const UsedSpan common = CommonSpan(used);
  const double most_step = MostStep(used, common);
  const double width = Width(used, common, most_step);
  const double whole_width = Width(used, all, MostStep(used, all));
  if (width <= 0 || width >= kNarrow * whole_width) return {};
  return SpanTone(levels, used, common, most_step);
}

Tone WindowTone(const std::vector<double>& values, const Window& window) {
  const double center = window.center;
  const double width = window.width;
  const bool is_linear = window.function == Window::Function::kLinear;
  if (!std::isfinite(center) || !std::isfinite(width) ||
      width < (is_linear ? 1 : 0) || width == 0) {
    return {};
  }
  Tone tone(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const double value = values[i];
    if (window.function == Window::Function::kSigmoid) {
      tone[i] = GreyOf(1 / (1 + std::exp(-4 * (value - center) / width)));
    } else if (!is_linear) {
      tone[i] = GreyOf((value - center) / width + 0.5);
    } else if (width == 1) {
      tone[i] = value <= center - 0.5 ? 0 : 255;
    } else {
      tone[i] = GreyOf((value - (center - 0.5)) / (width - 1) + 0.5);
    }
  }
  return tone;
}

Tone TableTone(const std::vector<double>& values, const LookUpTable& table) {
  if (table.entries.empty()) return {};
  const auto range =
      std::minmax_element(table.entries.begin(), table.entries.end());
  const double low = *range.first;
  const double width = *range.second - low;
  if (width == 0) return {};
  Tone tone(values.size());
  std::transform(values.begin(), values.end(), tone.begin(), [&](double value) {
    return GreyOf((EntryOf(table, value) - low) / width);
  });
  return tone;
}

bool ShowsNoMore(const Tone& tone, const Tone& known,
                 const std::vector<UsedLevel>& used) {
  const bool ascend = IsAscending(tone, used) && IsAscending(known, used);
  int least = 255;
  int most = -255;
  for (const UsedLevel& level : used) {
    const int more = int{tone[level.level]} - int{known[level.level]};
    least = std::min(least, more);
    // Where both ascend, the known one may be as much steeper as it likes.
    most = ascend ? std::max(most, more - least) : std::max(most, more);
  }
  return ascend ? most <= kSameGrey : most <= kSameGrey && least >= -kSameGrey;
}

Image Paint(const Levels& levels, const Tone& tone) {
  Image image{.rows = levels.rows,
              .columns = levels.columns,
              .channels = levels.channels};
  image.pixels.resize(levels.cells.size());
  std::transform(levels.cells.begin(), levels.cells.end(), image.pixels.begin(),
                 [&](uint16_t level) { return tone[level]; });
  return image;
}

}  // namespace burntin
