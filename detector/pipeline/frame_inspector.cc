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
// What stands and looks this much like text is not settled by one look.
constexpr float kOpenEvidence = 3.0F;
// Cells around a suspect one that are looked at as well: the detectors want to
// see letters' surroundings.
constexpr int kRoom = 4;
// What a first glance costs however small an area is, in pixels.
constexpr int64_t kCostOfAnArea = 10000;
// A line is explained by known texts that cover so much of it.
constexpr double kExplainedShare = 0.7;
// Frames that are looked at in full because of a line that nobody can read.
constexpr int kMostDoubts = 3;
// After so many frames in a row on which something was not as expected, so many
// more are looked at in full at once: glimpses cost time.
constexpr int kRestless = 3;
constexpr int kDirect = 4;
// What is kept of a text beside its pixels: its readings.
constexpr int64_t kTextBytes = 2048;
// Larger pictures are not compared: memory.
constexpr int64_t kMostPixels = int64_t{1} << 24;

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

// A text's box, and the cells beside it, which look like text as well.
Box WithRim(const Box& box) {
  return {box.x - kCellSide, box.y - kCellSide, box.width + 2 * kCellSide,
          box.height + 2 * kCellSide};
}

// Cells that are in no text: what a closer look saw of them, and the rims of
// texts, looked at or not.
struct CellsOfNoText {
  CellMarks looked_at;
  CellMarks rims;
};

CellsOfNoText OutsideOf(const std::vector<NumberedText>& texts,
                        const GlanceMap& map, const std::vector<Box>& looked) {
  const CellMarks none(map.down * kCellSide, map.across * kCellSide);
  CellsOfNoText cells = {none, none};
  for (const Box& box : looked) {
    none.ForEachIn(box, [&](int x, int y) { cells.looked_at.Mark(x, y); });
  }
  for (const NumberedText& text : texts) {
    none.ForEachIn(WithRim(text.region.box),
                   [&](int x, int y) { cells.rims.Mark(x, y); });
  }
  for (const NumberedText& text : texts) {
    none.ForEachIn(text.region.box, [&](int x, int y) {
      cells.looked_at.Unmark(x, y);
      cells.rims.Unmark(x, y);
    });
  }
  return cells;
}

}  // namespace

bool CineMemory::Fits(const PlaneViews& views) const {
  return std::equal(views.begin(), views.end(), seen_.begin(), seen_.end(),
                    [](const Image& view, const Seen& seen) {
                      return seen.history.Fits(view);
                    });
}

int64_t CineMemory::Bytes() const {
  if (seen_.empty()) return 0;
  auto bytes = static_cast<int64_t>(sizeof(*this));
  for (const Seen& seen : seen_) {
    bytes += static_cast<int64_t>(sizeof(seen)) + seen.history.bytes();
  }
  for (const Known& known : known_) {
    bytes += kTextBytes + known.look.bytes();
  }
  return bytes;
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
      texts.push_back(Remember(views, std::move(region), /*looks=*/1));
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
      seen_.push_back({.history = {},
                       .familiar = {map.across, map.down},
                       .unsettled = {map.across, map.down}});
    }
  }
  LearnFrom(maps, all, /*changes=*/{}, texts);
  LeaveOpen(maps, texts);
  for (size_t i = 0; i < views.size(); ++i) seen_[i].history.Accept(views[i]);
  return texts;
}

bool CineMemory::IsUnsettled(const std::vector<Change>& changes) const {
  for (size_t i = 0; i < changes.size(); ++i) {
    if (seen_[i].unsettled.AnyStill(changes[i].differing)) return true;
  }
  return false;
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::LookAtChanges(
    const DecodedPlane& decoded, const std::vector<Change>& changes,
    const FrameTools& tools) {
  const PlaneViews& views = decoded.views;
  Sighted sighted;
  Areas looked(views.size());
  bool unsettled = IsUnsettled(changes);
  {
    const CpuStopwatch watch(&tools.timings->candidates_ms);
    sighted = Explain(views);
    // Codes explain no text beside them: their boxes may be too large.
    for (const StatedText& stated : decoded.stated) {
      AddCode(RegionOf(stated), &sighted.texts);
    }
  }
  unsettled |= sighted.is_unsettled && !tools.is_identified(sighted.texts);
  {
    const CpuStopwatch watch(&tools.timings->candidates_ms);
    for (size_t i = 0; i < views.size(); ++i) {
      looked[i] = unsettled ? WholeOf(views[i]) : AreasOf(changes[i].cells);
    }
  }
  ASSIGN_OR_RETURN(const std::vector<GlanceMap> maps,
                   Glance(views, looked, tools));
  PartText found;
  bool expected = true;
  if (!unsettled) {
    looked = Suspects(views, changes, maps, sighted);
    ASSIGN_OR_RETURN(found, FindNew(views, looked, sighted.explained, tools));
    expected = AreTheSame(found.regions, sighted.doubtful);
    if (expected && doubts_ < kMostDoubts && AnyApart(found.unread, sighted) &&
        (tools.is_object || !tools.is_identified(sighted.texts))) {
      ++doubts_;
      unsettled = true;
    }
  }
  // What is new is read as the oracle reads it: parts may be read otherwise.
  const bool in_full = unsettled || !expected;
  if (in_full) {
    TextTimings timings;
    ASSIGN_OR_RETURN(found.regions,
                     tools.reader->Find(views, *tools.settles, &timings));
    AddTimings(timings, tools.timings);
  }
  restless_ = expected ? 0 : restless_ + 1;
  if (restless_ >= kRestless) {
    restless_ = 0;
    direct_ = kDirect;
  }
  const CpuStopwatch watch(&tools.timings->candidates_ms);
  Replace(views, std::move(found.regions), in_full, &sighted);
  LearnFrom(maps, looked, changes, sighted.texts);
  if (in_full) LeaveOpen(maps, sighted.texts);
  for (size_t i = 0; i < views.size(); ++i) {
    seen_[i].history.Accept(views[i], changes[i]);
  }
  return std::move(sighted.texts);
}

absl::StatusOr<PartText> CineMemory::FindNew(const PlaneViews& views,
                                             const Areas& areas,
                                             const std::vector<Box>& explained,
                                             const FrameTools& tools) {
  PartText found;
  if (std::all_of(areas.begin(), areas.end(),
                  [](const auto& boxes) { return boxes.empty(); })) {
    return found;
  }
  TextTimings timings;
  ASSIGN_OR_RETURN(found, tools.parts->FindIn(views, areas, explained,
                                              *tools.settles, &timings));
  AddTimings(timings, tools.timings);
  std::erase_if(found.regions, [&](const TextRegion& region) {
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

CineMemory::Areas CineMemory::Suspects(const PlaneViews& views,
                                       const std::vector<Change>& changes,
                                       const std::vector<GlanceMap>& maps,
                                       const Sighted& sighted) const {
  Areas areas;
  for (size_t i = 0; i < views.size(); ++i) {
    CellMarks suspects(views[i].rows, views[i].columns);
    const Box whole = {0, 0, views[i].columns, views[i].rows};
    changes[i].cells.ForEachIn(whole, [&](int x, int y) {
      const float evidence = maps[i].At(x, y);
      if (evidence >= kLeastEvidence && changes[i].cells.IsMarked(x, y) &&
          !seen_[i].familiar.Knows(x, y, evidence)) {
        suspects.Mark(x, y);
      }
    });
    for (const Box& box : sighted.explained) {
      suspects.ForEachIn(box, [&](int x, int y) { suspects.Unmark(x, y); });
    }
    for (const Known& known : sighted.doubtful) {
      if (known.view != i) continue;
      suspects.ForEachIn(known.look.box(),
                         [&](int x, int y) { suspects.Mark(x, y); });
    }
    areas.push_back(suspects.Areas(kRoom));
  }
  return areas;
}

void CineMemory::LearnFrom(const std::vector<GlanceMap>& maps,
                           const Areas& looked,
                           const std::vector<Change>& changes,
                           const std::vector<NumberedText>& texts) {
  for (size_t i = 0; i < maps.size(); ++i) {
    FamiliarCells& familiar = seen_[i].familiar;
    const CellsOfNoText cells = OutsideOf(texts, maps[i], looked[i]);
    for (int y = 0; y < maps[i].down; ++y) {
      for (int x = 0; x < maps[i].across; ++x) {
        const bool is_rim = cells.rims.IsMarked(x, y);
        if (!is_rim) familiar.ForgetBesideText(x, y);
        if (!cells.looked_at.IsMarked(x, y)) continue;
        if (is_rim) {
          familiar.AddBesideText(x, y, maps[i].At(x, y));
        } else {
          familiar.Add(x, y, maps[i].At(x, y),
                       !changes.empty() && changes[i].cells.IsMarked(x, y));
        }
      }
    }
    familiar.NextFrame();
  }
}

void CineMemory::LeaveOpen(const std::vector<GlanceMap>& maps,
                           const std::vector<NumberedText>& texts) {
  for (size_t i = 0; i < maps.size(); ++i) {
    CellMarks open(maps[i].down * kCellSide, maps[i].across * kCellSide);
    for (int y = 0; y < open.down(); ++y) {
      for (int x = 0; x < open.across(); ++x) {
        if (maps[i].At(x, y) >= kOpenEvidence) open.Mark(x, y);
      }
    }
    for (const NumberedText& text : texts) {
      open.ForEachIn(WithRim(text.region.box),
                     [&](int x, int y) { open.Unmark(x, y); });
    }
    for (int y = 0; y < open.down(); ++y) {
      for (int x = 0; x < open.across(); ++x) {
        if (maps[i].At(x, y) > kNoEvidence) {
          seen_[i].unsettled.Add(x, y, open.IsMarked(x, y));
        }
      }
    }
  }
}

}  // namespace burntin
