#include "detector/views/grey_views.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "detector/views/tone.h"

namespace burntin {
namespace {

// Windows, and lookup tables, of one image that are looked through.
constexpr size_t kMostWindows = 4;

// Colours that fill less than this share of their range are stretched.
constexpr double kNarrow = 0.5;

constexpr double kByteRange = 255;

// What each level means once the modality transformation is done (PS3.3
// C.11.1). One under which values cannot be told apart would hide text.
std::vector<double> ModalityValues(const Levels& levels,
                                   const PixelMeaning& meaning) {
  std::vector<double> values = levels.meanings;
  if (meaning.modality && !meaning.modality->entries.empty()) {
    for (double& value : values) value = EntryOf(*meaning.modality, value);
    return values;
  }
  const double slope = meaning.rescale_slope;
  if (!std::isnormal(slope)) return values;
  for (double& value : values) {
    value = value * slope + meaning.rescale_intercept;
    if (!std::isfinite(value)) return levels.meanings;
  }
  const bool merges =
      std::adjacent_find(values.begin(), values.end()) != values.end();
  return merges ? levels.meanings : values;
}

// The tones of one picture as they come together.
class Tones {
 public:
  explicit Tones(const std::vector<UsedLevel>& used) : used_(used) {}

  void Add(Tone tone) {
    if (tone.empty()) return;
    const bool is_known = std::any_of(
        tones_.begin(), tones_.end(),
        [&](const Tone& known) { return ShowsNoMore(tone, known, used_); });
    if (!is_known) tones_.push_back(std::move(tone));
  }

  std::vector<Tone> Take() { return std::move(tones_); }

 private:
  const std::vector<UsedLevel>& used_;
  std::vector<Tone> tones_;
};

PlaneViews PaintAll(const Levels& levels, const std::vector<Tone>& tones) {
  PlaneViews views;
  for (const Tone& tone : tones) views.push_back(Paint(levels, tone));
  return views;
}

}  // namespace

PlaneViews GreyViews(const Levels& levels, const PixelMeaning& meaning) {
  const std::vector<double> values = ModalityValues(levels, meaning);
  const std::vector<uint32_t> counts = CountLevels(levels);
  const std::vector<UsedLevel> used = UsedLevels(values, counts);
  Tones made(used);
  made.Add(StretchTone(values.size(), used));
  if (meaning.modality) {
    // A table may give unlike values one meaning.
    made.Add(StretchTone(values.size(), UsedLevels(levels.meanings, counts)));
  }
  made.Add(CommonTone(values.size(), used));
  for (size_t i = 0; i < meaning.windows.size() && i < kMostWindows; ++i) {
    made.Add(WindowTone(values, meaning.windows[i]));
  }
  for (size_t i = 0; i < meaning.voi.size() && i < kMostWindows; ++i) {
    made.Add(TableTone(values, meaning.voi[i]));
  }
  std::vector<Tone> tones = made.Take();
  if (meaning.photometric == Photometric::kMonochrome1) {
    for (Tone& tone : tones) {
      for (uint8_t& grey : tone) grey = static_cast<uint8_t>(~grey);
    }
  }
  return PaintAll(levels, tones);
}

PlaneViews ChannelViews(const Levels& levels) {
  const std::vector<double>& values = levels.meanings;
  const std::vector<UsedLevel> used = UsedLevels(values, CountLevels(levels));
  const double range = values.back() / 2 - values.front() / 2;
  const double width =
      values[used.back().level] / 2 - values[used.front().level] / 2;
  Tones made(used);
  if (width <= 0 || width > kNarrow * range) {
    Tone plain(values.size());
    std::transform(values.begin(), values.end(), plain.begin(),
                   [&](double value) {
                     return GreyOf((value / 2 - values.front() / 2) / range);
                   });
    made.Add(std::move(plain));
  } else {
    made.Add(StretchTone(values.size(), used));
  }
  if (range > kByteRange / 2) {
    made.Add(CommonTone(values.size(), used));
  }
  return PaintAll(levels, made.Take());
}

}  // namespace burntin
