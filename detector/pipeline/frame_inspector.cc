#include "detector/pipeline/frame_inspector.h"

#include <algorithm>
#include <utility>

#include "detector/base/boxes.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"

namespace burntin {
namespace {

// What a glimpse finds this likely is read wherever it is new.
constexpr double kLikely = 0.4;
// What it finds less likely is read where so much of it was never as bright, or
// as dark lately: writing appears, tissue moves to and fro. Since the careful
// detector finds nothing below 0.25, that is all the rest.
constexpr double kDoubtful = 0.2;
constexpr double kNovelShare = 0.06;
// What is less likely still is read where the frame before had such a line too,
// with so much of the smaller box in common: writing stays.
constexpr double kStaysShare = 0.5;
// A line is explained by known texts that cover so much of it.
constexpr double kExplainedShare = 0.7;
// A text is found again where it shares so much of the smaller box, and is not
// much larger than it was.
constexpr double kSamePlace = 0.7;
constexpr double kSameArea = 1.4;
// Room around what is looked at: so many times its height, and at least so
// many pixels.
constexpr int kLeastRoom = 32;
// Texts that are remembered; a busy screen has about 60.
constexpr size_t kMostKnown = 200;
// After so many frames in a row that had to be looked at in full, so many more
// are at once: glimpses cost time.
constexpr int kRestless = 2;
constexpr int kDirect = 4;
// Places without text that are remembered; lines are small.
constexpr size_t kMostDenied = 200;
// Larger ones than one over this of a view are not remembered.
constexpr int64_t kDeniedShare = 16;
// What their pixels may take, in frames.
constexpr int64_t kMostKnownFrames = 4;
// Larger pictures are not compared: memory.
constexpr int64_t kMostPixels = int64_t{1} << 24;

Box WithRoom(const Box& box, const Image& view) {
  const int room = std::max(kLeastRoom, std::min(box.width, box.height));
  return Intersect(
      {box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room},
      {0, 0, view.columns, view.rows});
}

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
  return std::equal(views.begin(), views.end(), history_.begin(),
                    history_.end(),
                    [](const Image& view, const ViewHistory& history) {
                      return history.Fits(view);
                    });
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::Next(
    const PlaneId& plane, const FrameTools& tools) {
  // What an error or an exception leaves behind is nothing.
  CineMemory before = std::move(*this);
  *this = CineMemory();
  numbers_ = before.numbers_;
  direct_ = std::max(0, before.direct_ - 1);
  if (before.history_.empty() || before.direct_ > 0) {
    return LookAtAll(plane, tools);
  }
  absl::StatusOr<DecodedPlane> decoded = NoPicture();
  {
    const CpuStopwatch watch(&tools.timings->decode_ms);
    decoded = tools.object->DecodePicture(plane);
  }
  RETURN_IF_ERROR(decoded.status());
  if (decoded->views.empty()) return NoPicture();
  *tools.pixels = PixelsOf(decoded->views);
  if (!before.Fits(decoded->views) || !decoded->stated.empty()) {
    return LookAtAll(plane, tools);
  }
  std::vector<Change> changes;
  {
    const CpuStopwatch watch(&tools.timings->candidates_ms);
    for (size_t i = 0; i < decoded->views.size(); ++i) {
      changes.push_back(before.history_[i].ChangeIn(decoded->views[i]));
    }
  }
  if (before.MayShowOtherCode(decoded->views, changes)) {
    return LookAtAll(plane, tools);
  }
  ASSIGN_OR_RETURN(std::vector<NumberedText> texts,
                   before.LookAtChanges(decoded->views, changes, tools));
  *this = std::move(before);
  return texts;
}

// Codes are read where frames are decoded, so that only a full look finds them.
bool CineMemory::MayShowOtherCode(const PlaneViews& views,
                                  const std::vector<Change>& changes) const {
  return std::any_of(
             changes.begin(), changes.end(),
             [](const Change& change) { return change.may_hold_code; }) ||
         std::any_of(known_.begin(), known_.end(), [&](const Known& known) {
           return known.text.region.is_barcode &&
                  known.look.In(views[known.view]) == Sight::kUnclear;
         });
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::LookAtAll(
    const PlaneId& plane, const FrameTools& tools) {
  PlaneViews views;
  ASSIGN_OR_RETURN(std::vector<TextRegion> regions,
                   LookAt(plane, tools, &views));
  std::vector<NumberedText> texts;
  for (TextRegion& region : regions) {
    texts.push_back(Remember(views, std::move(region)));
  }
  if (int64_t{views[0].rows} * views[0].columns > kMostPixels) {
    known_.clear();  // nothing to compare it with
    return texts;
  }
  history_.resize(views.size());
  for (size_t i = 0; i < views.size(); ++i) history_[i].Accept(views[i], {});
  return texts;
}

CineMemory::Areas CineMemory::Explained(const PlaneViews& views,
                                        std::vector<NumberedText>* texts,
                                        bool* in_doubt) {
  Areas explained(views.size());
  std::vector<Known> kept;
  for (Known& known : known_) {
    const Sight sight = known.look.In(views[known.view]);
    if (sight == Sight::kSame) {
      texts->push_back(known.text);
      for (std::vector<Box>& boxes : explained) {
        boxes.push_back(known.text.region.box);
      }
    }
    if (sight != Sight::kUnclear) {
      kept.push_back(std::move(known));
      continue;
    }
    *in_doubt = true;  // looked at again, it is remembered as it is then
  }
  known_ = std::move(kept);
  for (const Denied& denied : denied_) {
    if (denied.look.In(views[denied.view]) == Sight::kSame) {
      explained[denied.view].push_back(denied.look.box());
    }
  }
  return explained;
}

absl::StatusOr<std::vector<NumberedText>> CineMemory::LookAtChanges(
    const PlaneViews& views, const std::vector<Change>& changes,
    const FrameTools& tools) {
  Areas wanted(views.size());
  Areas explained;
  std::vector<NumberedText> texts;
  bool has_new_text = false;
  {
    const CpuStopwatch watch(&tools.timings->candidates_ms);
    explained = Explained(views, &texts, &has_new_text);
  }
  Areas skipped(views.size());
  RETURN_IF_ERROR(Glimpse(views, changes, explained, tools, &wanted, &skipped));
  const auto look = [&](std::vector<TextRegion>* found) -> absl::Status {
    TextTimings timings;
    auto regions =
        has_new_text
            ? tools.reader->Find(views, *tools.settles, &timings)
            : tools.parts->FindIn(views, wanted, *tools.settles, &timings);
    AddTimings(timings, tools.timings);
    RETURN_IF_ERROR(regions.status());
    *found = *std::move(regions);
    return absl::OkStatus();
  };
  std::vector<TextRegion> found;
  const bool in_doubt =
      std::any_of(wanted.begin(), wanted.end(),
                  [](const auto& areas) { return !areas.empty(); });
  if (in_doubt && !has_new_text) {
    for (std::vector<Box>& areas : wanted)
      areas = JoinOverlapping(std::move(areas));
    RETURN_IF_ERROR(look(&found));
    has_new_text = !found.empty();
  }
  // Then it is read as the oracle reads it: parts may be read otherwise.
  if (has_new_text) RETURN_IF_ERROR(look(&found));
  restless_ = has_new_text ? restless_ + 1 : 0;
  if (restless_ >= kRestless) {
    restless_ = 0;
    direct_ = kDirect;
  }
  Deny(views, found);
  Replace(views, std::move(found), &texts);
  const CpuStopwatch watch(&tools.timings->candidates_ms);
  for (size_t i = 0; i < views.size(); ++i) {
    history_[i].Accept(views[i], skipped[i]);
  }
  return texts;
}

// What was looked at and is no text.
void CineMemory::Deny(const PlaneViews& views,
                      const std::vector<TextRegion>& found) {
  for (size_t i = 0; i < views.size(); ++i) {
    const int64_t most =
        int64_t{views[i].rows} * views[i].columns / kDeniedShare;
    for (const Box& line : seen_lines_[i]) {
      if (line.Area() <= most &&
          std::none_of(found.begin(), found.end(), [&](const auto& region) {
            return Intersect(region.box, line).Area() > 0;
          })) {
        denied_.push_back({.view = i, .look = SeenText(views[i], line)});
      }
    }
  }
  if (denied_.size() > kMostDenied) {
    denied_.erase(denied_.begin(),
                  denied_.end() - static_cast<std::ptrdiff_t>(kMostDenied));
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

absl::Status CineMemory::Glimpse(const PlaneViews& views,
                                 const std::vector<Change>& changes,
                                 const Areas& explained,
                                 const FrameTools& tools, Areas* wanted,
                                 Areas* skipped) {
  seen_lines_.assign(views.size(), {});
  for (size_t i = 0; i < views.size(); ++i) {
    if (changes[i].areas.empty()) continue;
    TextTimings timings;
    ASSIGN_OR_RETURN(
        const std::vector<GlimpsedLine> lines,
        tools.parts->Glimpse(views[i], changes[i].areas, &timings));
    AddTimings(timings, tools.timings);
    for (const GlimpsedLine& line : lines) {
      if (!changes[i].cells.AnyIn(line.box)) continue;  // was looked at
      if (IsCovered(line.box, explained[i])) continue;
      if (IsWorthALook(line, views[i], i)) {
        (*wanted)[i].push_back(WithRoom(line.box, views[i]));
        seen_lines_[i].push_back(line.box);
      } else {
        (*skipped)[i].push_back(line.box);
      }
    }
  }
  skipped_ = *skipped;
  return absl::OkStatus();
}

bool CineMemory::IsWorthALook(const GlimpsedLine& line, const Image& view,
                              size_t index) const {
  if (line.likelihood >= kLikely) return true;
  if (line.likelihood >= kDoubtful &&
      history_[index].NovelShare(view, line.box) >= kNovelShare) {
    return true;
  }
  return index < skipped_.size() &&
         std::any_of(skipped_[index].begin(), skipped_[index].end(),
                     [&](const Box& before) {
                       return OverlapOfSmaller(line.box, before) >= kStaysShare;
                     });
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
