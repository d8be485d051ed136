#include "detector/views/palette_views.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "detector/views/tone.h"

namespace burntin {
namespace {

// Colours that fill less than this share of their range are stretched.
constexpr double kNarrow = 0.5;

// What each level is shown as in red, green and blue.
using Colours = std::array<Tone, 3>;

// The entry for white. The entries tell, since tables that contradict the
// bits they state are common.
double WhiteOf(const Palette& palette) {
  uint16_t most = 0;
  for (const auto* table : {&palette.red, &palette.green, &palette.blue}) {
    most = std::max(most, *std::max_element(table->begin(), table->end()));
  }
  return most <= 0xFF ? 0xFF : 0xFFFF;
}

double EntryAt(const std::vector<uint16_t>& table, double index) {
  const double last = static_cast<double>(table.size()) - 1;
  return table[static_cast<size_t>(std::clamp(index, 0.0, last))];
}

// The entries for `levels` as shares of white, or of the used range where
// that is narrow.
Colours ColoursOf(const std::vector<double>& values,
                  const std::vector<uint32_t>& counts, const Palette& palette) {
  const std::array tables = {&palette.red, &palette.green, &palette.blue};
  double low = 0xFFFF;
  double high = 0;
  for (size_t level = 0; level < values.size(); ++level) {
    if (counts[level] == 0) continue;
    const double index = std::round(values[level]) - palette.first_mapped;
    for (const auto* table : tables) {
      low = std::min(low, EntryAt(*table, index));
      high = std::max(high, EntryAt(*table, index));
    }
  }
  const double white = WhiteOf(palette);
  if (high <= low || high - low > kNarrow * white) {
    low = 0;
    high = white;
  }
  Colours colours;
  for (size_t channel = 0; channel < tables.size(); ++channel) {
    for (const double value : values) {
      const double index = std::round(value) - palette.first_mapped;
      colours[channel].push_back(
          GreyOf((EntryAt(*tables[channel], index) - low) / (high - low)));
    }
  }
  return colours;
}

Image PaintColours(const Levels& levels, const Colours& colours) {
  Image image{.rows = levels.rows, .columns = levels.columns, .channels = 3};
  image.pixels.resize(levels.cells.size() * 3);
  uint8_t* to = image.pixels.data();
  for (const uint16_t level : levels.cells) {
    for (const Tone& tone : colours) *to++ = tone[level];
  }
  return image;
}

}  // namespace

bool HasColours(const Palette& palette) {
  return !palette.red.empty() && !palette.green.empty() &&
         !palette.blue.empty();
}

Image PaletteView(const Levels& levels, const Palette& palette) {
  return PaintColours(levels,
                      ColoursOf(levels.meanings, CountLevels(levels), palette));
}

void AddSupplementalView(const Levels& levels, const Palette& palette,
                         PlaneViews* views) {
  const std::vector<double>& values = levels.meanings;
  std::vector<uint32_t> grey_counts = CountLevels(levels);
  std::vector<uint32_t> colour_counts(grey_counts.size());
  for (size_t level = 0; level < values.size(); ++level) {
    if (values[level] < palette.first_mapped) continue;
    colour_counts[level] = std::exchange(grey_counts[level], 0);
  }
  if (UsedLevels(values, colour_counts).empty()) return;
  Colours colours = ColoursOf(values, colour_counts, palette);
  const std::vector<UsedLevel> used = UsedLevels(values, grey_counts);
  if (!used.empty()) {
    const Tone greys = StretchTone(values.size(), used);
    for (const UsedLevel& grey : used) {
      for (Tone& tone : colours) tone[grey.level] = greys[grey.level];
    }
  }
  views->push_back(PaintColours(levels, colours));
}

}  // namespace burntin
