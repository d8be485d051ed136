#include "detector/views/views.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "detector/base/error.h"
#include "detector/views/colour.h"
#include "detector/views/grey_views.h"
#include "detector/views/hidden_structure.h"
#include "detector/views/palette_views.h"
#include "detector/views/view_set.h"

namespace burntin {
namespace {

bool FitsTogether(const PixelCells& cells, const PixelMeaning& meaning) {
  if (cells.rows <= 0 || cells.columns <= 0 || cells.channels <= 0) {
    return false;
  }
  const int channels = ChannelsOf(meaning.photometric);
  const uint64_t pixels =
      static_cast<uint64_t>(cells.rows) * static_cast<uint64_t>(cells.columns);
  if (cells.size() / static_cast<size_t>(cells.channels) != pixels ||
      cells.size() % static_cast<size_t>(cells.channels) != 0 ||
      (channels != 0 && channels != cells.channels)) {
    return false;
  }
  if (meaning.photometric == Photometric::kPaletteColor &&
      !(meaning.palette && HasColours(*meaning.palette))) {
    return false;
  }
  return FitsWord(cells, meaning);
}

void Append(PlaneViews more, PlaneViews* views) {
  for (Image& view : more) AddIfNew(std::move(view), views);
}

// As grey, with what that hides.
PlaneViews AllOfGrey(const Levels& levels, const PixelMeaning& meaning) {
  PlaneViews views = GreyViews(levels, meaning);
  Append(HiddenStructure(levels, views, /*colours=*/false), &views);
  return views;
}

// Adds what the brightness of `views` hides of `levels`.
void AddHidden(const Levels& levels, bool colours, PlaneViews* views) {
  PlaneViews shown;
  for (const Image& view : *views) shown.push_back(BrightnessOf(view));
  Append(HiddenStructure(levels, shown, colours), views);
}

PlaneViews AllOfMonochrome(const Levels& levels, const PixelMeaning& meaning) {
  PlaneViews views = AllOfGrey(levels, meaning);
  if (meaning.palette_is_supplemental && meaning.palette &&
      HasColours(*meaning.palette)) {
    AddSupplementalView(levels, *meaning.palette, &views);
  }
  return views;
}

PlaneViews AllOfPalette(const Levels& levels, const Palette& palette) {
  PlaneViews views = {PaletteView(levels, palette)};
  AddHidden(levels, /*colours=*/false, &views);
  AddHidden(LevelsOf(views.front()), /*colours=*/true, &views);
  return views;
}

PlaneViews AllOfColour(const Levels& levels, const PixelMeaning& meaning) {
  PlaneViews views = meaning.photometric == Photometric::kRgb
                         ? ChannelViews(levels)
                         : ChannelViews(ToRgb(levels, meaning.photometric,
                                              meaning.bits_stored));
  AddHidden(levels, /*colours=*/true, &views);
  return views;
}

PlaneViews EachChannel(const Levels& levels) {
  PlaneViews views;
  for (int channel = 0; channel < levels.channels; ++channel) {
    Append(AllOfGrey(ChannelOf(levels, channel), PixelMeaning{}), &views);
  }
  return views;
}

PlaneViews AllOf(const Levels& levels, const PixelMeaning& meaning) {
  switch (meaning.photometric) {
    case Photometric::kMonochrome1:
    case Photometric::kMonochrome2:
      return AllOfMonochrome(levels, meaning);
    case Photometric::kPaletteColor:
      return AllOfPalette(levels, *meaning.palette);
    case Photometric::kRgb:
    case Photometric::kYbrFull:
    case Photometric::kYbrPartial:
    case Photometric::kHsv:
    case Photometric::kArgb:
    case Photometric::kCmyk:
      return AllOfColour(levels, meaning);
    case Photometric::kOther:
      break;
  }
  return EachChannel(levels);
}

}  // namespace

absl::StatusOr<PlaneViews> MakeViews(const PixelCells& cells,
                                     const PixelMeaning& meaning) {
  if (!FitsTogether(cells, meaning)) {
    return Error(Reason::kUnsupportedPixelLayout,
                 "The samples of a pixel, their bits and the photometric "
                 "interpretation do not fit together. Look at the object by "
                 "hand.");
  }
  const Levels levels = MakeLevels(cells, meaning);
  PlaneViews views = AllOf(levels, meaning);
  for (const Levels& bits : UnusedBits(cells, meaning)) {
    if (!Follows(bits, levels)) Append(EachChannel(bits), &views);
  }
  return views;
}

}  // namespace burntin
