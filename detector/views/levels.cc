#include "detector/views/levels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>

namespace burntin {
namespace {

constexpr int kMostTableBits = 16;
constexpr size_t kMostLevels = size_t{1} << kMostTableBits;

// Where more values than this are no table's size, levels come from a sample.
constexpr size_t kMostSorted = size_t{1} << 18;
// The multiplier of a sequence that visits places evenly and in no pattern
// that rows and columns could share.
constexpr uint64_t kGoldenStep = 0x9E3779B97F4A7C15;

// So many cells, known to the compiler, are indexed several at a time.
constexpr size_t kBlock = 64;

uint64_t Mask(int bits) {
  return bits >= 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
}

int Shift(const PixelMeaning& meaning) {
  return std::max(0, meaning.high_bit + 1 - meaning.bits_stored);
}

Levels EmptyLevels(const PixelCells& cells) {
  return {
      .rows = cells.rows, .columns = cells.columns, .channels = cells.channels};
}

// A level for each possible value: the value itself, or for signed ones the
// value with its sign bit turned over, which keeps their order.
template <typename T>
void IndexDirectly(const std::vector<T>& values, const PixelMeaning& meaning,
                   Levels* levels) {
  const int bits = meaning.bits_stored;
  const auto mask = static_cast<uint32_t>(Mask(bits));
  const uint32_t sign = meaning.is_signed ? 1U << (bits - 1) : 0;
  const int shift = Shift(meaning);
  levels->cells.resize(values.size());
  const auto index = [&](const T* from, size_t count, uint16_t* to) {
    for (size_t i = 0; i < count; ++i) {
      const auto word = static_cast<uint32_t>(from[i] >> shift);
      to[i] = static_cast<uint16_t>((word & mask) ^ sign);
    }
  };
  size_t at = 0;
  for (; at + kBlock <= values.size(); at += kBlock) {
    index(&values[at], kBlock, &levels->cells[at]);
  }
  index(values.data() + at, values.size() - at, levels->cells.data() + at);
  levels->meanings.resize(size_t{mask} + 1);
  for (size_t level = 0; level < levels->meanings.size(); ++level) {
    levels->meanings[level] = static_cast<double>(level) - sign;
  }
}

// Whole numbers without their meaningless bits, or floats without those that
// are no number.
template <typename T>
std::vector<double> Numbers(const std::vector<T>& values,
                            const PixelMeaning& meaning) {
  std::vector<double> numbers(values.size());
  if constexpr (std::is_floating_point_v<T>) {
    double least = std::numeric_limits<double>::max();
    for (const T value : values) {
      if (std::isfinite(value)) least = std::min(least, double{value});
    }
    if (least == std::numeric_limits<double>::max()) least = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      numbers[i] = std::isfinite(values[i]) ? double{values[i]} : least;
    }
  } else {
    const int unused = 64 - meaning.bits_stored;
    for (size_t i = 0; i < values.size(); ++i) {
      const uint64_t word = uint64_t{values[i]} >> Shift(meaning);
      numbers[i] = meaning.is_signed
                       ? static_cast<double>(
                             static_cast<int64_t>(word << unused) >> unused)
                       : static_cast<double>(word & Mask(meaning.bits_stored));
    }
  }
  return numbers;
}

// All of `numbers` or so many of them that a value of which 100 pixels or so
// are made is among them, with the least and the greatest; ascending, each
// once.
std::vector<double> SampleOf(const std::vector<double>& numbers) {
  std::vector<double> sample;
  if (numbers.size() <= kMostSorted) {
    sample = numbers;
  } else {
    uint64_t place = 0;
    for (size_t i = 0; i < kMostSorted - 2; ++i) {
      place += kGoldenStep;
      sample.push_back(numbers[(place >> 32) * numbers.size() >> 32]);
    }
    const auto [least, greatest] =
        std::minmax_element(numbers.begin(), numbers.end());
    sample.insert(sample.end(), {*least, *greatest});
  }
  std::sort(sample.begin(), sample.end());
  std::vector<double> distinct;
  std::unique_copy(sample.begin(), sample.end(), std::back_inserter(distinct));
  if (distinct.size() <= kMostLevels) return distinct;
  // Groups of equally many pixels, so that only rare values lose their own.
  distinct.clear();
  for (size_t i = 0; i < kMostLevels; ++i) {
    distinct.push_back(sample[i * sample.size() / kMostLevels]);
  }
  distinct.back() = sample.back();
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  return distinct;
}

void IndexByRank(const std::vector<double>& numbers, Levels* levels) {
  levels->is_even = false;
  levels->meanings = SampleOf(numbers);
  const std::vector<double>& meanings = levels->meanings;
  levels->cells.resize(numbers.size());
  uint16_t level = 0;
  for (size_t i = 0; i < numbers.size(); ++i) {
    // Neighbours are often equal.
    if (meanings[level] != numbers[i]) {
      const auto place =
          std::lower_bound(meanings.begin(), meanings.end(), numbers[i]);
      level = static_cast<uint16_t>(place - meanings.begin());
    }
    levels->cells[i] = level;
  }
}

// Bits that are neither stored values nor shown elsewhere, and vary.
template <typename T>
uint64_t UnusedMask(const std::vector<T>& values, const PixelMeaning& meaning) {
  const uint64_t used = Mask(meaning.bits_stored) << Shift(meaning);
  const uint64_t unused = Mask(8 * sizeof(T)) & ~used & ~meaning.bits_elsewhere;
  if (unused == 0) return 0;
  const int sign_bit = Shift(meaning) + meaning.bits_stored - 1;
  const uint64_t above = unused & ~Mask(sign_bit + 1);
  uint64_t ones = 0;
  uint64_t zeros = 0;
  uint64_t unlike_sign = 0;
  for (const T value : values) {
    const auto word = static_cast<uint64_t>(value);
    ones |= word;
    zeros |= ~word;
    unlike_sign |= word ^ (uint64_t{0} - (word >> sign_bit & 1));
  }
  const uint64_t varying = ones & zeros & unused;
  return (unlike_sign & above) == 0 ? varying & ~above : varying;
}

// The bits of `word` that are in `mask`, pushed together.
uint16_t PushTogether(uint64_t word, uint64_t mask) {
  uint32_t pushed = 0;
  for (uint32_t to = 1; mask != 0; to <<= 1) {
    const uint64_t lowest = mask & (~mask + 1);
    if ((word & lowest) != 0) pushed |= to;
    mask ^= lowest;
  }
  return static_cast<uint16_t>(pushed);
}

// The lowest bits of `mask`, as many as a table has.
uint64_t LowestOf(uint64_t mask) {
  uint64_t rest = mask;
  for (int i = 0; i < kMostTableBits; ++i) rest &= rest - 1;
  return mask ^ rest;
}

template <typename T>
void IndexBits(const std::vector<T>& values, uint64_t mask, Levels* levels) {
  levels->cells.resize(values.size());
  std::transform(values.begin(), values.end(), levels->cells.begin(),
                 [&](T value) { return PushTogether(value, mask); });
  const uint16_t most =
      *std::max_element(levels->cells.begin(), levels->cells.end());
  levels->meanings.resize(size_t{most} + 1);
  std::iota(levels->meanings.begin(), levels->meanings.end(), 0);
}

}  // namespace

Levels MakeLevels(const PixelCells& cells, const PixelMeaning& meaning) {
  Levels levels = EmptyLevels(cells);
  std::visit(
      [&](const auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_integral_v<T>) {
          if (meaning.bits_stored <= kMostTableBits) {
            IndexDirectly(values, meaning, &levels);
            return;
          }
        }
        IndexByRank(Numbers(values, meaning), &levels);
      },
      cells.values);
  return levels;
}

bool FitsWord(const PixelCells& cells, const PixelMeaning& meaning) {
  return std::visit(
      [&](const auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        const int word_bits = 8 * static_cast<int>(sizeof(T));
        return std::is_floating_point_v<T> ||
               (meaning.bits_stored >= 1 && meaning.bits_stored <= word_bits &&
                meaning.high_bit >= 0 && meaning.high_bit < word_bits);
      },
      cells.values);
}

bool Follows(const Levels& a, const Levels& b) {
  constexpr uint32_t kUnseen = 1U << 16;
  std::vector<uint32_t> partner(b.meanings.size(), kUnseen);
  for (size_t i = 0; i < b.cells.size(); ++i) {
    uint32_t& known = partner[b.cells[i]];
    if (known == kUnseen) known = a.cells[i];
    if (known != a.cells[i]) return false;
  }
  return true;
}

std::vector<Levels> UnusedBits(const PixelCells& cells,
                               const PixelMeaning& meaning) {
  std::vector<Levels> found;
  std::visit(
      [&](const auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_integral_v<T>) {
          uint64_t mask = UnusedMask(values, meaning);
          while (mask != 0) {
            found.push_back(EmptyLevels(cells));
            IndexBits(values, LowestOf(mask), &found.back());
            mask &= ~LowestOf(mask);
          }
        }
      },
      cells.values);
  return found;
}

Levels ChannelOf(const Levels& levels, int channel) {
  Levels one{.rows = levels.rows,
             .columns = levels.columns,
             .meanings = levels.meanings,
             .is_even = levels.is_even};
  const auto step = static_cast<size_t>(levels.channels);
  one.cells.reserve(levels.cells.size() / step);
  for (auto i = static_cast<size_t>(channel); i < levels.cells.size();
       i += step) {
    one.cells.push_back(levels.cells[i]);
  }
  return one;
}

std::vector<uint32_t> CountLevels(const Levels& levels) {
  // Several counters, since equal neighbours would wait for one another.
  constexpr size_t kCounters = 4;
  const size_t count = levels.meanings.size();
  std::vector<uint32_t> counts(count * kCounters);
  std::array<uint32_t*, kCounters> counters{};
  for (size_t i = 0; i < kCounters; ++i) counters[i] = &counts[i * count];
  const size_t cells = levels.cells.size();
  const uint16_t* cell = levels.cells.data();
  size_t at = 0;
  for (; at + kCounters <= cells; at += kCounters, cell += kCounters) {
    ++counters[0][cell[0]];
    ++counters[1][cell[1]];
    ++counters[2][cell[2]];
    ++counters[3][cell[3]];
  }
  for (; at < cells; ++at) ++counters[0][*cell++];
  for (size_t level = 0; level < count; ++level) {
    for (size_t i = 1; i < kCounters; ++i) counts[level] += counters[i][level];
  }
  counts.resize(count);
  return counts;
}

}  // namespace burntin
