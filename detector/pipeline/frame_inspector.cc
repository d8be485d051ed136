#include "detector/pipeline/frame_inspector.h"

#include <algorithm>
#include <utility>

#include "detector/base/boxes.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"

namespace burntin {
namespace {

static_assert(kCellSide == kGlanceCell, "Both speak of the same cells.");

// What looks less like text is none, by the logarithm of the odds.
constexpr float kLeastEvidence = -1.5F;
// Cells around a suspect one that are looked at as well: the detectors want to
// see letters' surroundings.
constexpr int kRoom = 4;
// What a first glance costs however small an area is, in pixels.
constexpr int64_t kCostOfAnArea = 10000;
// A line is explained by known texts that cover so much of it.
constexpr double kExplainedShare = 0.7;
// A text is found again where it shares so much of the smaller box, and is not
// much larger than it was.
constexpr double kSamePlace = 0.7;
constexpr double kSameArea = 1.4;
// Texts that are remembered; a busy screen has about 60.
constexpr size_t kMostKnown = 200;
constexpr size_t kMostCodes = 64;
// After so many frames in a row that had to be looked at in full, so many more
// are at once: glimpses cost time.
constexpr int kRestless = 2;
constexpr int kDirect = 4;
// What their pixels may take, in frames.
constexpr int64_t kMostKnownFrames = 4;
// Larger pictures are not compared: memory.
constexpr int64_t kMostPixels = int64_t{1} << 24;

// The difference between the brightest and the darkest pixel of `box`, of the
// channel where it is the greatest.
int Contrast(const Image& view, const Box& box) {
  int most = 0;
  for (int channel = 0; channel < view.channels; ++channel) {
    int low = 255;
    int high = 0;
    for (int y = box.y; y < box.y + box.height; ++y) {
      for (int x = box.x; x < box.x + box.width; ++x) {
        const int value =
            view.pixels[(static_cast<size_t>(y) * view.columns + x) *
                            view.channels +
                        channel];
        low = std::min(low, value);
        high = std::max(high, value);
      }
    }
    most = std::max(most, high - low);
  }
  return most;
}

std::vector<Box> WholeOf(const Image& view) {
  return {{0, 0, view.columns, view.rows}};
}

// Boxes around all marked cells: one where several would not be much less.
std::vector<Box> AreasOf(const CellMarks& cells) {
  std::vector<Box> areas = cells.Areas(kRoom);
  if (areas.size() < 2) return areas;
  Box around = areas.front();
  int64_t pixels = 0;
  for (const Box& area : areas) {
    around = Unite(around, area);
    pixels += kCostOfAnArea + area.Area();
  }
  if (pixels > around.Area()) return {around};
  return areas;
}

// Whether `boxes` cover a line so far that it is nothing new.
bool IsCovered(const Box& line, const std::vector<Box>& boxes) {
  int64_t covered = 0;
  for (const Box& box : boxes) covered += Intersect(line, box).Area();
  return static_cast<double>(covered) >=
         kExplainedShare * static_cast<double>(line.Area());
}

bool IsSameText(const TextRegion& found, const TextRegion& known) {
  return found.is_barcode == known.is_barcode &&
         OverlapOfSmaller(found.box, known.box) >= kSamePlace &&
         static_cast<double>(found.box.Area()) <=
             kSameArea * static_cast<double>(known.box.Area());
}

}  // namespace

bool CineMemory::Fits(const PlaneViews& views) const {
  return std::equal(views.begin(), views.end(), seen_.begin(), seen_.end(),
                    [](const Image& view, const Seen& seen) {
                      return seen.history.Fits(view);
                    });
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::Next(
    const PlaneId& plane, const FrameTools& tools) {
  // What an error or an exception leaves behind is nothing.
  CineMemory before = std::move(*this);
  *this = CineMemory();
  numbers_ = before.numbers_;
  direct_ = std::max(0, before.direct_ - 1);
  ASSIGN_OR_RETURN(const DecodedPlane decoded, DecodePlane(plane, tools));
  if (before.seen_.empty() || before.direct_ > 0) {
    return LookAtAll(decoded, tools, std::move(before.seen_));
  }
  const bool states_text =
      std::any_of(decoded.stated.begin(), decoded.stated.end(),
                  [](const StatedText& stated) { return !stated.is_barcode; });
  if (!before.Fits(decoded.views) || states_text) {
    return LookAtAll(decoded, tools, {});
  }
  std::vector<Change> changes;
  {
    const CpuStopwatch watch(&tools.timings->candidates_ms);
    for (size_t i = 0; i < decoded.views.size(); ++i) {
      changes.push_back(before.seen_[i].history.ChangeIn(decoded.views[i]));
    }
  }
  ASSIGN_OR_RETURN(std::vector<NumberedText> texts,
                   before.LookAtChanges(decoded, changes, tools));
  *this = std::move(before);
  return texts;
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::LookAtAll(
    const DecodedPlane& decoded, const FrameTools& tools,
    std::vector<Seen> seen) {
  const PlaneViews& views = decoded.views;
  ASSIGN_OR_RETURN(std::vector<TextRegion> regions, LookAt(decoded, tools));
  std::vector<NumberedText> texts;
  for (TextRegion& region : regions) {
    if (region.is_barcode) {
      AddCode(std::move(region), &texts);
    } else {
      texts.push_back(Remember(views, std::move(region)));
    }
  }
  if (int64_t{views[0].rows} * views[0].columns > kMostPixels) {
    known_.clear();  // nothing to compare it with
    return texts;
  }
  Areas all;
  for (const Image& view : views) all.push_back(WholeOf(view));
  ASSIGN_OR_RETURN(const std::vector<GlanceMap> maps,
                   Glance(views, all, tools));
  seen_ = std::move(seen);
  if (!Fits(views)) {
    seen_.clear();
    for (const GlanceMap& map : maps) {
      seen_.push_back({.history = {}, .familiar = {map.across, map.down}});
    }
  }
  LearnFrom(maps, all, texts);
  for (size_t i = 0; i < views.size(); ++i) seen_[i].history.Accept(views[i]);
  return texts;
}

bool CineMemory::Explain(const PlaneViews& views,
                         std::vector<NumberedText>* texts) {
  std::vector<Known> kept;
  for (Known& known : known_) {
    const Sight sight = known.look.In(views[known.view]);
    if (sight == Sight::kSame) texts->push_back(known.text);
    // What is unclear is looked at again, and remembered as it is then.
    if (sight != Sight::kUnclear) kept.push_back(std::move(known));
  }
  const bool in_doubt = kept.size() < known_.size();
  known_ = std::move(kept);
  return in_doubt;
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::LookAtChanges(
    const DecodedPlane& decoded, const std::vector<Change>& changes,
    const FrameTools& tools) {
  const PlaneViews& views = decoded.views;
  std::vector<NumberedText> texts;
  std::vector<Box> explained;
  Areas looked(views.size());
  bool in_full = false;
  {
    const CpuStopwatch watch(&tools.timings->candidates_ms);
    in_full = Explain(views, &texts);
    for (const NumberedText& text : texts) {
      explained.push_back(text.region.box);
    }
    // Codes explain no text beside them: their boxes may be too large.
    for (const StatedText& stated : decoded.stated) {
      AddCode(RegionOf(stated), &texts);
    }
    for (size_t i = 0; i < views.size(); ++i) {
      looked[i] = in_full ? WholeOf(views[i]) : AreasOf(changes[i].cells);
    }
  }
  ASSIGN_OR_RETURN(const std::vector<GlanceMap> maps,
                   Glance(views, looked, tools));
  std::vector<TextRegion> found;
  if (!in_full) {
    looked = Suspects(views, changes, maps, explained);
    ASSIGN_OR_RETURN(found, FindNew(views, looked, explained, tools));
    in_full = !found.empty();
  }
  // Then it is read as the oracle reads it: parts may be read otherwise.
  if (in_full) {
    TextTimings timings;
    ASSIGN_OR_RETURN(found,
                     tools.reader->Find(views, *tools.settles, &timings));
    AddTimings(timings, tools.timings);
  }
  restless_ = in_full ? restless_ + 1 : 0;
  if (restless_ >= kRestless) {
    restless_ = 0;
    direct_ = kDirect;
  }
  const CpuStopwatch watch(&tools.timings->candidates_ms);
  Replace(views, std::move(found), &texts);
  LearnFrom(maps, looked, texts);
  for (size_t i = 0; i < views.size(); ++i) {
    seen_[i].history.Accept(views[i], changes[i]);
  }
  return texts;
}

// A code that grew or moved on is another one, so that its box is right.
void CineMemory::AddCode(TextRegion code, std::vector<NumberedText>* texts) {
  const auto known =
      std::find_if(codes_.begin(), codes_.end(), [&](const NumberedText& one) {
        return one.region.readings[0].text == code.readings[0].text &&
               IsSameText(code, one.region) &&
               Intersect(code.box, one.region.box) == code.box;
      });
  NumberedText numbered = known != codes_.end()
                              ? *known
                              : NumberedText{numbers_++, std::move(code)};
  if (known != codes_.end()) codes_.erase(known);
  if (codes_.size() >= kMostCodes) codes_.erase(codes_.begin());
  codes_.push_back(numbered);
  texts->push_back(std::move(numbered));
}

absl::StatusOr<std::vector<TextRegion>> CineMemory::FindNew(
    const PlaneViews& views, const Areas& areas,
    const std::vector<Box>& explained, const FrameTools& tools) {
  std::vector<TextRegion> found;
  if (std::all_of(areas.begin(), areas.end(),
                  [](const auto& boxes) { return boxes.empty(); })) {
    return found;
  }
  TextTimings timings;
  ASSIGN_OR_RETURN(found, tools.parts->FindIn(views, areas, explained,
                                              *tools.settles, &timings));
  AddTimings(timings, tools.timings);
  std::erase_if(found, [&](const TextRegion& region) {
    return IsCovered(region.box, explained);
  });
  return found;
}

absl::StatusOr<std::vector<GlanceMap>> CineMemory::Glance(
    const PlaneViews& views, const Areas& areas, const FrameTools& tools) {
  std::vector<GlanceMap> maps;
  TextTimings timings;
  for (size_t i = 0; i < views.size(); ++i) {
    maps.emplace_back(views[i].rows, views[i].columns);
    for (const Box& area : areas[i]) {
      ASSIGN_OR_RETURN(const GlanceMap seen,
                       tools.parts->Glance(views[i], area, &timings));
      for (size_t cell = 0; cell < seen.evidence.size(); ++cell) {
        maps[i].evidence[cell] =
            std::max(maps[i].evidence[cell], seen.evidence[cell]);
      }
    }
  }
  AddTimings(timings, tools.timings);
  return maps;
}

CineMemory::Areas CineMemory::Suspects(
    const PlaneViews& views, const std::vector<Change>& changes,
    const std::vector<GlanceMap>& maps,
    const std::vector<Box>& explained) const {
  Areas areas;
  for (size_t i = 0; i < views.size(); ++i) {
    CellMarks suspects(views[i].rows, views[i].columns);
    const Box whole = {0, 0, views[i].columns, views[i].rows};
    changes[i].cells.ForEachIn(whole, [&](int x, int y) {
      const float evidence = maps[i].At(x, y);
      if (evidence >= kLeastEvidence && changes[i].cells.IsMarked(x, y) &&
          (changes[i].novel.IsMarked(x, y) ||
           !seen_[i].familiar.Knows(x, y, evidence))) {
        suspects.Mark(x, y);
      }
    });
    for (const Box& box : explained) {
      suspects.ForEachIn(box, [&](int x, int y) { suspects.Unmark(x, y); });
    }
    areas.push_back(suspects.Areas(kRoom));
  }
  return areas;
}

void CineMemory::LearnFrom(const std::vector<GlanceMap>& maps,
                           const Areas& looked,
                           const std::vector<NumberedText>& texts) {
  for (size_t i = 0; i < maps.size(); ++i) {
    FamiliarCells& familiar = seen_[i].familiar;
    familiar.Fade();
    CellMarks none(maps[i].down * kCellSide, maps[i].across * kCellSide);
    for (const Box& box : looked[i]) {
      none.ForEachIn(box, [&](int x, int y) { none.Mark(x, y); });
    }
    for (const NumberedText& text : texts) {
      none.ForEachIn(text.region.box, [&](int x, int y) { none.Unmark(x, y); });
    }
    for (int y = 0; y < none.down(); ++y) {
      for (int x = 0; x < none.across(); ++x) {
        if (none.IsMarked(x, y)) familiar.Add(x, y, maps[i].At(x, y));
      }
    }
  }
}

// What was found again is known as it is now.
void CineMemory::Replace(const PlaneViews& views, std::vector<TextRegion> found,
                         std::vector<NumberedText>* texts) {
  std::erase_if(*texts, [&](const NumberedText& text) {
    const bool again = std::any_of(
        found.begin(), found.end(),
        [&](const auto& region) { return IsSameText(region, text.region); });
    if (again) {
      std::erase_if(known_, [&](const Known& known) {
        return known.text.number == text.number;
      });
    }
    return again;
  });
  for (TextRegion& region : found) {
    texts->push_back(Remember(views, std::move(region)));
  }
}

const NumberedText& CineMemory::Remember(const PlaneViews& views,
                                         TextRegion region) {
  size_t best = 0;
  const Box box =
      Intersect(region.box, {0, 0, views[0].columns, views[0].rows});
  for (size_t i = 1; i < views.size(); ++i) {
    if (Contrast(views[i], box) > Contrast(views[best], box)) best = i;
  }
  known_.push_back({.text = {numbers_++, std::move(region)},
                    .view = best,
                    .look = SeenText(views[best], box)});
  MakeRoom(views);
  return known_.back().text;
}

// Forgets the oldest texts but never the last one.
void CineMemory::MakeRoom(const PlaneViews& views) {
  int64_t area = 0;
  size_t kept = 0;
  while (kept < known_.size()) {
    area += known_[known_.size() - 1 - kept].look.box().Area();
    if (kept > 0 &&
        (kept >= kMostKnown ||
         area > kMostKnownFrames * int64_t{views[0].rows} * views[0].columns)) {
      break;
    }
    ++kept;
  }
  known_.erase(known_.begin(),
               known_.end() - static_cast<std::ptrdiff_t>(kept));
}

}  // namespace burntin
