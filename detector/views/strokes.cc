#include "detector/views/strokes.h"

#include <algorithm>
#include <bit>

namespace burntin {
namespace {

// How much of the variation two tones must explain. For a bell curve it is
// 0.64, for a ramp 0.75. At 0.72, soft tissue of clean CT has strokes too; at
// 0.8, thin letters on a little noise are lost.
constexpr double kTwoTones = 0.76;
// Fewer pixels are specks.
constexpr int kLeastPixels = 10;
// Share of the rarer tone's pixels that touch none of their own.
constexpr double kMostScattered = 0.15;
// How often neighbours differ in tone, compared to pixels in random order.
constexpr double kMostBroken = 0.75;
// Wider runs of a tone are areas, not strokes.
constexpr int kWidestStroke = 8;

// One bit for each pixel, in rows; 1 is the rarer tone.
struct Mask {
  std::array<uint16_t, kTileSide> rows{};
  int row_count = 0;
  int column_count = 0;
  int ones = 0;
};

// How far a tile's values are from its least, in rows; kMostValue at most, so
// that the squares of all can be added up.
using Values = std::array<uint32_t, size_t{kTileSide} * kTileSide>;
constexpr double kMostValue = 65535;

size_t FirstOf(const Levels& levels, int channel, const TilePlace& place) {
  const size_t pixel =
      static_cast<size_t>(place.y) * static_cast<size_t>(levels.columns) +
      static_cast<size_t>(place.x);
  return pixel * static_cast<size_t>(levels.channels) +
         static_cast<size_t>(channel);
}

// `value_of` makes a level a value.
void Collect(const Levels& levels, int channel, const TilePlace& place,
             auto value_of, Values* values) {
  const auto step = static_cast<size_t>(levels.channels);
  const size_t stride = static_cast<size_t>(levels.columns) * step;
  const uint16_t* row = &levels.cells[FirstOf(levels, channel, place)];
  uint32_t* to = values->data();
  for (int y = 0; y < place.rows; ++y, row += stride) {
    const uint16_t* from = row;
    for (int x = 0; x < place.columns; ++x, from += step) {
      *to++ = value_of(*from);
    }
  }
}

Values ValuesOf(const Levels& levels, int channel, const TilePlace& place,
                uint16_t low, uint16_t high) {
  Values values;
  if (levels.is_even) {
    Collect(
        levels, channel, place,
        [&](uint16_t level) { return uint32_t{level} - low; }, &values);
    return values;
  }
  const double least = levels.meanings[low] / 2;
  const double factor = kMostValue / (levels.meanings[high] / 2 - least);
  Collect(
      levels, channel, place,
      [&](uint16_t level) {
        const double value = (levels.meanings[level] / 2 - least) * factor;
        return value > 0 ? static_cast<uint32_t>(std::min(value, kMostValue))
                         : 0;
      },
      &values);
  return values;
}

// Whether two tones, those up to `middle` and those above, make up most of
// the variation.
bool HasTwoTones(const Values& values, int count, uint32_t middle, int* above) {
  uint64_t sum = 0;
  uint64_t squares = 0;
  uint64_t sum_above = 0;
  int n = 0;
  for (int i = 0; i < count; ++i) {
    const uint64_t value = values[static_cast<size_t>(i)];
    const bool is_above = value > middle;
    sum += value;
    squares += value * value;
    sum_above += is_above ? value : 0;
    n += is_above;
  }
  *above = n;
  if (std::min(n, count - n) < kLeastPixels) return false;
  const double all = count;
  const double mean = static_cast<double>(sum) / all;
  const double variance = static_cast<double>(squares) / all - mean * mean;
  const double difference = static_cast<double>(sum_above) / n -
                            static_cast<double>(sum - sum_above) / (all - n);
  const double between = n / all * (1 - n / all) * difference * difference;
  return between >= kTwoTones * variance;
}

Mask MaskOf(const Values& values, const TilePlace& place, uint32_t middle,
            int above) {
  Mask mask{.row_count = place.rows, .column_count = place.columns};
  const int count = place.rows * place.columns;
  const bool rarer_is_above = 2 * above <= count;
  size_t at = 0;
  for (int y = 0; y < place.rows; ++y) {
    uint32_t row = 0;
    for (int x = 0; x < place.columns; ++x) {
      if ((values[at++] > middle) == rarer_is_above) row |= 1U << x;
    }
    mask.rows[static_cast<size_t>(y)] = static_cast<uint16_t>(row);
  }
  mask.ones = rarer_is_above ? above : count - above;
  return mask;
}

// Runs of ones between zeros, not wider than a stroke.
int CountRuns(uint32_t row, int length) {
  int runs = 0;
  int start = -1;
  for (int i = 1; i < length; ++i) {
    const bool was = (row >> (i - 1) & 1) != 0;
    const bool is = (row >> i & 1) != 0;
    if (is && !was) start = i;
    if (was && !is && start > 0 && i - start <= kWidestStroke) ++runs;
  }
  return runs;
}

Mask Transposed(const Mask& mask) {
  Mask turned{.row_count = mask.column_count,
              .column_count = mask.row_count,
              .ones = mask.ones};
  for (int y = 0; y < mask.row_count; ++y) {
    for (int x = 0; x < mask.column_count; ++x) {
      if ((mask.rows[static_cast<size_t>(y)] >> x & 1) != 0) {
        turned.rows[static_cast<size_t>(x)] |= static_cast<uint16_t>(1U << y);
      }
    }
  }
  return turned;
}

// Whether ones are scattered as noise scatters them.
bool IsScattered(const Mask& mask) {
  int lonely = 0;
  int changes = 0;
  const uint32_t inner = (1U << (mask.column_count - 1)) - 1;
  for (int y = 0; y < mask.row_count; ++y) {
    const uint32_t row = mask.rows[static_cast<size_t>(y)];
    const uint32_t before = y > 0 ? mask.rows[static_cast<size_t>(y) - 1] : 0;
    const uint32_t after =
        y + 1 < mask.row_count ? mask.rows[static_cast<size_t>(y) + 1] : 0;
    lonely += std::popcount(row & ~(row << 1 | row >> 1 | before | after));
    changes += std::popcount((row ^ row >> 1) & inner);
    if (y > 0) changes += std::popcount(row ^ before);
  }
  const double count = mask.row_count * mask.column_count;
  const double share = mask.ones / count;
  const double random_changes = 4 * share * (1 - share) * count;
  return lonely > kMostScattered * mask.ones ||
         changes > kMostBroken * random_changes;
}

// With a width that the compiler knows, so that it takes many at a time.
template <size_t kWidth, typename T>
void RangeOfRows(const T* row, size_t stride, int rows, T* low, T* high) {
  std::copy_n(row, kWidth, low);
  std::copy_n(row, kWidth, high);
  for (int y = 1; y < rows; ++y) {
    row += stride;
    for (size_t i = 0; i < kWidth; ++i) {
      low[i] = row[i] < low[i] ? row[i] : low[i];
      high[i] = row[i] > high[i] ? row[i] : high[i];
    }
  }
}

template <typename T>
void RangeOfRows(const T* row, size_t width, size_t stride, int rows, T* low,
                 T* high) {
  std::copy_n(row, width, low);
  std::copy_n(row, width, high);
  for (int y = 1; y < rows; ++y) {
    row += stride;
    for (size_t i = 0; i < width; ++i) {
      low[i] = std::min(low[i], row[i]);
      high[i] = std::max(high[i], row[i]);
    }
  }
}

}  // namespace

template <typename T>
TileRange<T> RangeOf(const T* cells, int columns, int channels,
                     const TilePlace& place) {
  std::array<T, static_cast<size_t>(kTileSide) * kMostChannels> low;
  std::array<T, static_cast<size_t>(kTileSide) * kMostChannels> high;
  const auto step = static_cast<size_t>(channels);
  const size_t width = static_cast<size_t>(place.columns) * step;
  const size_t stride = static_cast<size_t>(columns) * step;
  const T* row = cells + static_cast<size_t>(place.y) * stride +
                 static_cast<size_t>(place.x) * step;
  if (width == kTileSide) {
    RangeOfRows<kTileSide>(row, stride, place.rows, low.data(), high.data());
  } else if (width == size_t{3} * kTileSide) {
    RangeOfRows<size_t{3} * kTileSide>(row, stride, place.rows, low.data(),
                                       high.data());
  } else {
    RangeOfRows(row, width, stride, place.rows, low.data(), high.data());
  }
  TileRange<T> range;
  for (size_t channel = 0; channel < step; ++channel) {
    range.low[channel] = low[channel];
    range.high[channel] = high[channel];
    for (size_t i = channel; i < width; i += step) {
      range.low[channel] = std::min(range.low[channel], low[i]);
      range.high[channel] = std::max(range.high[channel], high[i]);
    }
  }
  return range;
}

template TileRange<uint8_t> RangeOf(const uint8_t*, int, int, const TilePlace&);
template TileRange<uint16_t> RangeOf(const uint16_t*, int, int,
                                     const TilePlace&);

TilePlace PlaceOf(int x, int y, int rows, int columns) {
  return {.x = std::max(0, std::min(x * kTileSide, columns - kTileSide)),
          .y = std::max(0, std::min(y * kTileSide, rows - kTileSide)),
          .columns = std::min(kTileSide, columns),
          .rows = std::min(kTileSide, rows)};
}

Strokes CountStrokes(const Levels& levels, int channel, const TilePlace& place,
                     uint16_t low, uint16_t high) {
  const Values values = ValuesOf(levels, channel, place, low, high);
  const auto width =
      levels.is_even ? uint32_t{high} - low : static_cast<uint32_t>(kMostValue);
  int above = 0;
  if (!HasTwoTones(values, place.rows * place.columns, width / 2, &above)) {
    return {};
  }
  const Mask mask = MaskOf(values, place, width / 2, above);
  if (IsScattered(mask)) return {};
  Strokes strokes;
  for (const uint16_t row : mask.rows) {
    strokes.along_rows += CountRuns(row, mask.column_count);
  }
  for (const uint16_t column : Transposed(mask).rows) {
    strokes.along_columns += CountRuns(column, mask.row_count);
  }
  return strokes;
}

}  // namespace burntin
