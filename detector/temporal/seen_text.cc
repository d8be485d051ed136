#include "detector/temporal/seen_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace burntin {
namespace {

// Pixels that differ by no more are equal; as in view_history.cc.
constexpr int kSameGrey = 3;
// Ink is of one tone within so many greys: compression blurs it.
constexpr int kSameInk = 32;
// Less contrast between letters and their ground cannot be told from what
// moves.
constexpr double kLeastContrast = 40;
// Lines are compared strip by strip, each about as wide as a letter.
constexpr int kLeastStrip = 6;
// Of the ink that was or is in a strip, how much is common.
constexpr double kSameShare = 0.75;
// Where so much of the ground changed, of a strip and of one beside it, since a
// letter that changed is no wider, it moves, and may be as bright as ink here
// and there: then so much of the ink has to be there still, and no more than so
// much of the ground may look like it.
constexpr int kGroundGreys = 8;
constexpr double kMovingShare = 0.3;
constexpr double kKeptInk = 0.75;
constexpr double kMostLikeInk = 0.6;
constexpr double kGoneShare = 0.3;
// Fewer pixels of ink are noise.
constexpr int kLeastInk = 4;
constexpr int kGreys = 256;

// The values of one channel.
std::vector<uint8_t> ChannelOf(const Image& picture, int channel) {
  std::vector<uint8_t> values;
  for (size_t i = static_cast<size_t>(channel); i < picture.pixels.size();
       i += static_cast<size_t>(picture.channels)) {
    values.push_back(picture.pixels[i]);
  }
  return values;
}

struct Split {
  int threshold = 0;      // the greatest value of the darker class
  double separation = 0;  // the variance between the classes
  double contrast = 0;    // the difference of their means
};

// The split of `values` into two classes that lie furthest apart.
Split BestSplit(const std::vector<uint8_t>& values) {
  std::array<int64_t, kGreys> counts{};
  for (const uint8_t value : values) ++counts[value];
  const auto all = static_cast<double>(values.size());
  double total = 0;
  for (int grey = 0; grey < kGreys; ++grey) {
    total += static_cast<double>(grey) * static_cast<double>(counts[grey]);
  }
  Split best;
  double below = 0;
  double sum = 0;
  for (int grey = 0; grey < kGreys - 1; ++grey) {
    below += static_cast<double>(counts[grey]);
    sum += static_cast<double>(grey) * static_cast<double>(counts[grey]);
    if (below == 0 || below == all) continue;
    const double contrast = (total - sum) / (all - below) - sum / below;
    const double separation = below * (all - below) * contrast * contrast;
    if (separation > best.separation) best = {grey, separation, contrast};
  }
  return best;
}

Image Cut(const Image& view, const Box& box) {
  Image cut{
      .rows = box.height, .columns = box.width, .channels = view.channels};
  for (int y = box.y; y < box.y + box.height; ++y) {
    const auto first =
        view.pixels.begin() +
        (static_cast<std::ptrdiff_t>(y) * view.columns + box.x) * view.channels;
    cut.pixels.insert(
        cut.pixels.end(), first,
        first + static_cast<std::ptrdiff_t>(box.width) * view.channels);
  }
  return cut;
}

int MostDifference(const uint8_t* a, const uint8_t* b, int channels) {
  int most = 0;
  for (int i = 0; i < channels; ++i) {
    most = std::max(most, std::abs(int{a[i]} - int{b[i]}));
  }
  return most;
}

// Ink of one strip, in pixels.
struct Strip {
  int common = 0;
  int either = 0;
  int was = 0;     // ink before
  int ground = 0;  // other pixels
  int changed_ground = 0;
};

bool GroundMoves(const Strip& strip) {
  return strip.changed_ground > kMovingShare * strip.ground;
}

bool IsSame(const Strip& strip, bool ground_moves) {
  if (strip.either < kLeastInk) return true;
  if (!ground_moves) return strip.common >= kSameShare * strip.either;
  return strip.common >= kKeptInk * strip.was &&
         strip.either - strip.was <= kMostLikeInk * strip.ground;
}

}  // namespace

SeenText::SeenText(const Image& view, const Box& box)
    : box_(Intersect(box, {0, 0, view.columns, view.rows})),
      look_(Cut(view, box_)) {
  FindInk();
}

void SeenText::FindInk() {
  if (look_.empty()) return;
  Split best;
  std::vector<uint8_t> values;
  for (int channel = 0; channel < look_.channels; ++channel) {
    std::vector<uint8_t> own = ChannelOf(look_, channel);
    if (const Split split = BestSplit(own);
        split.separation > best.separation) {
      best = split;
      values = std::move(own);
    }
  }
  if (best.contrast < kLeastContrast) return;
  // Letters take less than half of their box.
  const auto bright =
      std::count_if(values.begin(), values.end(),
                    [&](uint8_t value) { return value > best.threshold; });
  const bool ink_is_bright = 2 * static_cast<size_t>(bright) <= values.size();
  for (const uint8_t value : values) {
    kinds_.push_back((value > best.threshold) == ink_is_bright ? Kind::kInk
                                                               : Kind::kGround);
  }
  for (int channel = 0; channel < look_.channels; ++channel) {
    std::vector<uint8_t> inks;
    for (size_t i = 0; i < kinds_.size(); ++i) {
      if (kinds_[i] == Kind::kInk) {
        inks.push_back(look_.pixels[i * look_.channels + channel]);
      }
    }
    const auto middle =
        inks.begin() + static_cast<std::ptrdiff_t>(inks.size() / 2);
    std::nth_element(inks.begin(), middle, inks.end());
    ink_.push_back(*middle);
  }
  for (size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == Kind::kInk &&
        MostDifference(&look_.pixels[i * look_.channels], ink_.data(),
                       look_.channels) > kSameInk) {
      kinds_[i] = Kind::kEdge;
    }
  }
}

Sight SeenText::In(const Image& view) const {
  if (look_.empty() || view.channels != look_.channels ||
      Intersect(box_, {0, 0, view.columns, view.rows}) != box_) {
    return Sight::kUnclear;
  }
  const int channels = look_.channels;
  const bool down = box_.height > box_.width;
  const int thickness = std::min(box_.height, box_.width);
  const int width = std::max(kLeastStrip, thickness / 2);
  std::vector<Strip> strips(std::max(box_.height, box_.width) / width + 1);
  bool equal = true;
  for (int y = 0; y < box_.height; ++y) {
    const uint8_t* now =
        &view.pixels[(static_cast<size_t>(box_.y + y) * view.columns + box_.x) *
                     channels];
    const uint8_t* then =
        &look_.pixels[static_cast<size_t>(y) * box_.width * channels];
    for (int x = 0; x < box_.width; ++x, now += channels, then += channels) {
      const int difference = MostDifference(now, then, channels);
      equal = equal && difference <= kSameGrey;
      if (kinds_.empty()) continue;
      const Kind kind = kinds_[static_cast<size_t>(y) * box_.width + x];
      if (kind == Kind::kEdge) continue;
      const bool was_ink = kind == Kind::kInk;
      const bool as_ink =
          was_ink ? difference <= kSameInk
                  : difference > kSameInk &&
                        MostDifference(now, ink_.data(), channels) <= kSameInk;
      Strip& strip = strips[(down ? y : x) / width];
      strip.common += was_ink && as_ink;
      strip.either += was_ink || as_ink;
      strip.was += was_ink;
      strip.ground += !was_ink;
      strip.changed_ground += !was_ink && difference > kGroundGreys;
    }
  }
  if (equal) return Sight::kEqual;
  if (kinds_.empty()) return Sight::kUnclear;
  Strip all;
  bool same = true;
  for (size_t i = 0; i < strips.size(); ++i) {
    all.common += strips[i].common;
    all.either += strips[i].either;
    const bool beside_one =
        (i > 0 && GroundMoves(strips[i - 1])) ||
        (i + 1 < strips.size() && GroundMoves(strips[i + 1]));
    same = same && IsSame(strips[i], beside_one && GroundMoves(strips[i]));
  }
  if (same) return Sight::kSame;
  return all.common < kGoneShare * all.either ? Sight::kGone : Sight::kUnclear;
}

}  // namespace burntin
