// Compares text with what a recogniser made of it: an edit distance in which
// characters that look alike are cheap to exchange (confusions.h).
#ifndef BURNTIN_DETECTOR_PHI_TOLERANT_DISTANCE_H_
#define BURNTIN_DETECTOR_PHI_TOLERANT_DISTANCE_H_

#include <optional>
#include <string_view>

namespace burntin {

struct TolerantHit {
  double distance = 0;  // >= 0; 0 when the characters are the same
  int begin = 0;        // characters [begin, end) of the searched text
  int end = 0;
};

// The first of the places in `text` that are nearest to `pattern`, when its
// distance is at most `limit`. Both are folded and compact (normalize.h). Time
// grows with pattern.size() * text.size() at worst, and with
// (limit + 1) * text.size() in text that is not like the pattern; memory with
// pattern.size().
std::optional<TolerantHit> TolerantFind(std::string_view pattern,
                                        std::string_view text, double limit);

// The distance between the whole of `a` and the whole of `b`.
double TolerantDistance(std::string_view a, std::string_view b);

// The same where it is at most `limit`. Faster where it is not.
std::optional<double> TolerantDistanceWithin(std::string_view a,
                                             std::string_view b, double limit);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_TOLERANT_DISTANCE_H_
