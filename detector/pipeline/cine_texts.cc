// What a CineMemory knows of texts: whether they still stand, and which ones
// are the same.
#include <algorithm>
#include <utility>

#include "detector/base/boxes.h"
#include "detector/pipeline/frame_inspector.h"

namespace burntin {
namespace {

// A text is found again where it shares so much of the smaller box, and is not
// much larger than it was.
constexpr double kSamePlace = 0.7;
constexpr double kSameArea = 1.4;
// More of a line in a text's box is part of that text.
constexpr double kPartShare = 0.3;
// How often a text is looked at in full whose ground changes, unless the
// verdict is certain. On 112 cines of the train split two verdicts differ from
// the oracle's with one look, since it reads a text otherwise now and then.
constexpr int kMostLooks = 10;
// Texts that are remembered; a busy screen has about 60.
constexpr size_t kMostKnown = 200;
constexpr size_t kMostCodes = 64;
// What their pixels may take, in frames.
constexpr int64_t kMostKnownFrames = 4;

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

bool IsSameText(const TextRegion& found, const TextRegion& known) {
  return found.is_barcode == known.is_barcode &&
         OverlapOfSmaller(found.box, known.box) >= kSamePlace &&
         static_cast<double>(found.box.Area()) <=
             kSameArea * static_cast<double>(known.box.Area());
}

}  // namespace

// Whether `found` are the texts `doubtful`, all of them and no others.
bool CineMemory::AreTheSame(const std::vector<TextRegion>& found,
                            const std::vector<Known>& doubtful) {
  const auto is_same = [](const TextRegion& region, const Known& known) {
    return IsSameText(region, known.text.region);
  };
  return std::all_of(found.begin(), found.end(),
                     [&](const TextRegion& region) {
                       return std::any_of(doubtful.begin(), doubtful.end(),
                                          [&](const Known& known) {
                                            return is_same(region, known);
                                          });
                     }) &&
         std::all_of(doubtful.begin(), doubtful.end(), [&](const Known& known) {
           return std::any_of(found.begin(), found.end(),
                              [&](const TextRegion& region) {
                                return is_same(region, known);
                              });
         });
}

// Whether one of `lines` is no part of a text that is known.
bool CineMemory::AnyApart(const std::vector<Box>& lines,
                          const Sighted& sighted) {
  return std::any_of(lines.begin(), lines.end(), [&](const Box& line) {
    const auto touches = [&](const Box& box) {
      return static_cast<double>(Intersect(line, box).Area()) >
             kPartShare * static_cast<double>(line.Area());
    };
    return std::none_of(sighted.explained.begin(), sighted.explained.end(),
                        touches) &&
           std::none_of(sighted.doubtful.begin(), sighted.doubtful.end(),
                        [&](const Known& known) {
                          return touches(known.text.region.box);
                        });
  });
}

CineMemory::Sighted CineMemory::Explain(const PlaneViews& views) {
  Sighted sighted;
  std::vector<Known> kept;
  for (Known& known : known_) {
    const Sight sight = known.look.In(views[known.view]);
    if ((sight == Sight::kSame || sight == Sight::kUnclear) &&
        known.looks < kMostLooks) {
      sighted.is_unsettled = true;
    }
    if (sight == Sight::kUnclear) {
      sighted.doubtful.push_back(std::move(known));
      continue;
    }
    if (sight == Sight::kEqual || sight == Sight::kSame) {
      sighted.texts.push_back(known.text);
      sighted.explained.push_back(known.text.region.box);
    }
    kept.push_back(std::move(known));
  }
  known_ = std::move(kept);
  return sighted;
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

// What was found again is known as it is now. After a full look the frame's
// texts are those that it found; the others are still known where they stand.
void CineMemory::Replace(const PlaneViews& views, std::vector<TextRegion> found,
                         bool in_full, Sighted* sighted) {
  std::vector<int> looks(found.size(), 1);
  const auto count_look = [&](const Known& known) {
    for (size_t i = 0; i < found.size(); ++i) {
      if (IsSameText(found[i], known.text.region)) {
        looks[i] = std::max(looks[i], known.looks + (in_full ? 1 : 0));
      }
    }
  };
  std::for_each(known_.begin(), known_.end(), count_look);
  std::for_each(sighted->doubtful.begin(), sighted->doubtful.end(), count_look);
  const auto is_again = [&](const NumberedText& text) {
    return std::any_of(
        found.begin(), found.end(), [&](const TextRegion& region) {
          return in_full ? OverlapOfSmaller(region.box, text.region.box) >=
                               kSamePlace
                         : IsSameText(region, text.region);
        });
  };
  for (const NumberedText& text : sighted->texts) {
    if (text.region.is_barcode || !is_again(text)) continue;
    std::erase_if(known_, [&](const Known& known) {
      return known.text.number == text.number;
    });
  }
  if (in_full) CountLooks(sighted->texts);
  std::erase_if(sighted->texts, [&](const NumberedText& text) {
    return !text.region.is_barcode && (in_full || is_again(text));
  });
  for (size_t i = 0; i < found.size(); ++i) {
    sighted->texts.push_back(Remember(views, std::move(found[i]), looks[i]));
  }
}

// Those of `texts` that are still known were looked at once more, in vain.
void CineMemory::CountLooks(const std::vector<NumberedText>& texts) {
  for (Known& known : known_) {
    if (std::any_of(texts.begin(), texts.end(), [&](const NumberedText& text) {
          return known.text.number == text.number;
        })) {
      ++known.looks;
    }
  }
}

const NumberedText& CineMemory::Remember(const PlaneViews& views,
                                         TextRegion region, int looks) {
  size_t best = 0;
  const Box box =
      Intersect(region.box, {0, 0, views[0].columns, views[0].rows});
  for (size_t i = 1; i < views.size(); ++i) {
    if (Contrast(views[i], box) > Contrast(views[best], box)) best = i;
  }
  known_.push_back({.text = {numbers_++, std::move(region)},
                    .view = best,
                    .look = SeenText(views[best], box),
                    .looks = looks});
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
