// A text that was read once, to be known again on other frames.
#ifndef BURNTIN_DETECTOR_TEMPORAL_SEEN_TEXT_H_
#define BURNTIN_DETECTOR_TEMPORAL_SEEN_TEXT_H_

#include <cstdint>
#include <vector>

#include "detector/base/image.h"

namespace burntin {

enum class Sight {
  kEqual,    // no pixel is another, but for rounding
  kSame,     // all of it stands there; more in its ink only where the ground
             // moves
  kGone,     // next to nothing of it does
  kUnclear,  // some does, or more than it: look again
};

// How a text looked where it was read. Keeps a copy of these pixels only. Any
// number of threads may ask.
class SeenText {
 public:
  // `box` lies within `view`.
  SeenText(const Image& view, const Box& box);

  const Box& box() const { return box_; }

  // What is kept of its pixels takes so much.
  int64_t bytes() const {
    return static_cast<int64_t>(look_.pixels.size() + kinds_.size());
  }

  // What `view`, of any size, shows in the text's place. What moves behind the
  // letters does not matter as long as they can be told from it, all along the
  // line: one changed digit of twenty makes the answer kUnclear.
  Sight In(const Image& view) const;

 private:
  enum class Kind : uint8_t { kGround, kInk, kEdge };  // an edge is of both
  void FindInk();

  Box box_;
  Image look_;                // the pixels of `box_`
  std::vector<Kind> kinds_;   // one for each pixel; empty: cannot be told
  std::vector<uint8_t> ink_;  // by channel
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_SEEN_TEXT_H_
